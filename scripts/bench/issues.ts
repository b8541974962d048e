import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureTransitions } from '../../packages/server/src/issues/testing/transitions.ts'
import type { Ready, ServerPlan } from './feed/server.ts'
import { randomLists } from './issues/pages.ts'
import { ensureIssues } from './issues/seed.ts'
import { startPlanned } from './support/child.ts'
import { startBenchPostgres } from './support/database.ts'
import { median } from './support/figures.ts'
import { load, type LoadResult } from './support/load.ts'
import { signToken } from './support/token.ts'

/*
 * random: pages of 50 issues a second over HTTP, whatever a dispatcher may filter and order by, on whatever page, as a
 * share of what the same process answers from memory: a bare Fastify route with such a page as a string. 179,000 issues
 * and their events, row-level security on, 32 connections, every answer a full 200.
 *
 * transition: one action (row held, core's flow, clocks, score, event with its hash, live event, message) as a share of
 * a bare transaction that writes the same rows through the same driver.
 */
const goals = { random: 0.25, transition: 0.5 }
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

const show = (name: string, { requestsPerSecond, bytes, p50, p99 }: LoadResult, share?: number) =>
  console.log(
    `${name.padEnd(8)} ${requestsPerSecond.toFixed(0).padStart(6)} requests/s  ${(bytes / 1024).toFixed(1)} KB  ` +
      `p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms${share === undefined ? '' : `  share ${share.toFixed(2)}`}`,
  )

async function measureLists(databaseUrl: string, dataDir: string): Promise<number> {
  const secret = randomBytes(32)
  const plan = { databaseUrl, dataDir, audience, secret: secret.toString('base64url'), clockWorker: false }
  const { child, ready } = await startUnderTest(plan)
  try {
    const headers = { authorization: `Bearer ${signToken(secret, audience)}` }
    const get = async (path: string) => {
      const answer = await fetch(`http://127.0.0.1:${ready.port}${path}`, { headers })
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
      return answer.text()
    }
    const ask = async (path: string) =>
      JSON.parse(await get(path)) as { items: unknown[]; next: string | null }
    const paths = await randomLists(databaseUrl, ask, 600)
    child.send({ page: await get(paths[0]!) })
    const askAll = (port: number, wanted: readonly string[], time = seconds) =>
      load({ port, connections, seconds: time, paths: wanted, headers })
    // plans, caches and compiled code are warm on a server that has been up for a minute
    await askAll(ready.port, paths, 3)
    const shares: number[] = []
    for (let round = 0; round < rounds; round++) {
      const memory = await askAll(ready.peerPort, ['/page'])
      show('memory', memory)
      const random = await askAll(ready.port, paths)
      shares.push(random.requestsPerSecond / memory.requestsPerSecond)
      show('random', random, shares.at(-1))
    }
    return median(shares)
  } finally {
    child.send({ stop: true })
    await once(child, 'exit')
  }
}

async function measureActions(databaseUrl: string): Promise<number> {
  const shares: number[] = []
  // the first one warms up
  for (let round = 0; round <= rounds; round++) {
    const { ours, bare } = await measureTransitions(databaseUrl, 1500)
    if (round === 0) continue
    shares.push(ours / bare)
    console.log(
      `transition ${ours.toFixed(0).padStart(6)}/s   bare ${bare.toFixed(0).padStart(6)}/s  share ${shares.at(-1)!.toFixed(2)}`,
    )
  }
  return median(shares)
}

export default async function issues(): Promise<boolean> {
  const postgres = await startBenchPostgres()
  const dataDir = await mkdtemp(join(tmpdir(), 'minqing-bench-'))
  try {
    const databaseUrl = await ensureIssues(postgres.url)
    const random = await measureLists(databaseUrl, dataDir)
    const transition = await measureActions(databaseUrl)
    console.log(`issues: random=${random.toFixed(2)} goal ${goals.random}`)
    console.log(`issues: transition=${transition.toFixed(2)} goal ${goals.transition}`)
    return random >= goals.random && transition >= goals.transition
  } finally {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
