import type { ChildProcess } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newestPathOf, pathOf, randomPages } from './feed/pages.ts'
import { pgbench } from './feed/pgbench.ts'
import type { Ready, ServerPlan } from './feed/server.ts'
import { startPlanned } from './support/child.ts'
import { asOwner, ensureDiaries, startBenchPostgres } from './support/database.ts'
import { median } from './support/figures.ts'
import { load, type LoadResult } from './support/load.ts'
import { signToken } from './support/token.ts'

/*
 * How many 50-diary pages a second the server answers, as a share of what the same process answers from memory: a bare
 * Fastify route with such a page as a string, without token, limits, headers or log. 318,000 diaries, row-level
 * security on, 32 connections, every answer a full 200.
 *
 * random: any area, any page; nothing helps but the database.
 * mix: 80 % ask for the newest page of an area (the county, a town, a village or a grid, each level as often as the
 * others), 20 % as above, while two diaries a second are written.
 */
const goals = { random: 0.25, mix: 0.5 }
const rounds = 3
const seconds = 4
const connections = 32
const audience = 'bench'

async function startUnderTest(plan: ServerPlan): Promise<{ child: ChildProcess; ready: Ready }> {
  const child = await startPlanned(new URL('./feed/server.ts', import.meta.url), plan)
  const gone = once(child, 'exit').then(() => Promise.reject(new Error('the server did not start')))
  const [ready] = (await Promise.race([once(child, 'message'), gone])) as [Ready]
  return { child, ready }
}

/** Writes two diaries a second until told to stop, as a county does at its busiest. */
function keepWriting(url: string, headers: Record<string, string>, areas: readonly string[]): () => void {
  const timer = setInterval(() => {
    const area = areas[Math.floor(Math.random() * areas.length)]
    const body = JSON.stringify({ id: randomUUID(), area, kind: 'visit', text: '今天走访了几户人家,都好。' })
    const more = { 'content-type': 'application/json', 'idempotency-key': randomUUID() }
    void fetch(`${url}/v1/diaries`, { method: 'POST', headers: { ...headers, ...more }, body }).then(
      (answer) => {
        if (answer.status !== 201) console.log(`A write was refused: ${answer.status}`)
        return answer.arrayBuffer()
      },
    )
  }, 500)
  return () => clearInterval(timer)
}

/** Requests for newest pages, each level of area as often as the others. */
function newestPages(areas: readonly string[], count: number): string[] {
  const levels = [6, 9, 12, 15].map((length) => areas.filter((area) => area.length === length))
  return Array.from({ length: count }, (_, at) => {
    const level = levels[at % levels.length]!
    return newestPathOf(level[Math.floor(at / levels.length) % level.length]!)
  })
}

const show = (name: string, { requestsPerSecond, bytes, p50, p99 }: LoadResult, share?: number) =>
  console.log(
    `${name.padEnd(8)} ${requestsPerSecond.toFixed(0).padStart(6)} requests/s  ${(bytes / 1024).toFixed(1)} KB  ` +
      `p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms${share === undefined ? '' : `  share ${share.toFixed(2)}`}`,
  )

async function measure(databaseUrl: string, dataDir: string): Promise<Record<'random' | 'mix', number>> {
  const secret = randomBytes(32)
  const { child, ready } = await startUnderTest({
    databaseUrl,
    dataDir,
    audience,
    secret: secret.toString('base64url'),
  })
  try {
    const places = await randomPages(databaseUrl)
    const areas = [...new Set(places.map(({ area }) => area))]
    const headers = { authorization: `Bearer ${signToken(secret, audience)}` }
    const url = `http://127.0.0.1:${ready.port}`
    const page = await (await fetch(url + pathOf(places[0]!), { headers })).text()
    child.send({ page })
    const random = places.map(pathOf)
    const newest = newestPages(areas, random.length * 4)
    const ask = (port: number, paths: readonly string[], time = seconds) =>
      load({ port, connections, seconds: time, paths, headers })
    const shares = { random: [] as number[], mix: [] as number[] }
    // plans, caches and compiled code are warm on a server that has been up for a minute
    await ask(ready.port, random, 3)
    for (let round = 0; round < rounds; round++) {
      const memory = await ask(ready.peerPort, ['/page'])
      show('memory', memory)
      const measured = { random: await ask(ready.port, random), mix: memory }
      const stop = keepWriting(
        url,
        headers,
        areas.filter((area) => area.length >= 12),
      )
      measured.mix = await ask(ready.port, [...random, ...newest]).finally(stop)
      for (const name of ['random', 'mix'] as const) {
        const share = measured[name].requestsPerSecond / memory.requestsPerSecond
        shares[name].push(share)
        show(name, measured[name], share)
      }
    }
    const raw = await pgbench(databaseUrl, places, seconds)
    console.log(
      raw === undefined
        ? 'pgbench is not installed, so the same query without HTTP is not shown.'
        : `pgbench  ${raw.toFixed(0).padStart(6)} of the random pages/s, the same query without HTTP`,
    )
    return { random: median(shares.random), mix: median(shares.mix) }
  } finally {
    child.send({ stop: true })
    await once(child, 'exit')
    await asOwner(databaseUrl, (client) => client.query(`delete from diary where author_id = 'bench'`))
  }
}

export default async function feed(): Promise<boolean> {
  const postgres = await startBenchPostgres()
  const dataDir = await mkdtemp(join(tmpdir(), 'minqing-bench-'))
  try {
    const shares = await measure(await ensureDiaries(postgres.url), dataDir)
    for (const name of ['random', 'mix'] as const) {
      console.log(`feed: ${name}=${shares[name].toFixed(2)} goal ${goals[name]}`)
    }
    return shares.random >= goals.random && shares.mix >= goals.mix
  } finally {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
