import { createPipeline } from '../../packages/server/src/database/pipeline.ts'
import { createPool } from '../../packages/server/src/database/pool.ts'
import { transactions } from '../../packages/server/src/database/scope.ts'
import { createSuggester } from '../../packages/server/src/internal/catalogue.ts'
import { createLiveBus } from '../../packages/server/src/live/bus.ts'
import { ensureIssues } from './issues/seed.ts'
import type pg from 'pg'
import { accuracyOf, means, saysName, worthless } from './suggest/accuracy.ts'
import { processorTime } from './suggest/cpu.ts'
import { tunedCases, unseenCases } from './suggest/cases.ts'
import { startBenchPostgres, asOwner } from './support/database.ts'
import { median } from './support/figures.ts'

/*
 * rate: suggestions that one core makes in a second, as the operation makes them, without HTTP: a guarded transaction,
 * the words, the past, the open issues nearby, the evidence by name; 179,000 issues in PostgreSQL. The processor time of
 * this process and of its database connections counts together, so that others on the machine do not matter; what came out
 * by the clock is shown beside it, and counts where the system does not tell processor times.
 *
 * accuracy: the share of texts in the words of villagers whose category stands first, or among the first three. What
 * counts is that of the unseen ones, by the catalogue's words alone: a county that has just begun.
 */
const goal = 500
const rounds = 3
const seconds = 4
const atOnce = 4
const county = '330683'

const share = (value: number) => `${(100 * value).toFixed(1)} %`

function showAccuracy(all: boolean): boolean {
  const bad = worthless([...unseenCases, ...tunedCases])
  for (const line of bad) console.log(`worthless: ${line}`)
  for (const [name, cases] of [
    ['unseen', unseenCases],
    ['unseen (without the category’s name)', unseenCases.filter((one) => !saysName(one))],
    ['tuned', tunedCases],
  ] as const) {
    for (const by of means) {
      const log = all && name === 'tuned' ? (line: string) => console.log(`  ${line}`) : undefined
      const { top1, top3, family } = accuracyOf(cases, by, log)
      console.log(
        `accuracy of ${cases.length} ${name} texts by ${by}: top-1 ${share(top1)}, top-3 ${share(top3)}, ` +
          `second level ${share(family)}`,
      )
    }
  }
  return bad.length === 0
}

async function placesOf(databaseUrl: string): Promise<{ id: string; area: string }[]> {
  return asOwner(databaseUrl, async (client) => {
    const { rows } = await client.query<{ id: string; area: string }>(
      `select id, area_code as area from issue order by md5(id::text) limit 2000`,
    )
    return rows
  })
}

/** One round. Answers suggestions a second: of one core, or by the clock. */
async function round(name: string, owner: pg.Client, ask: () => Promise<unknown>): Promise<number> {
  let asked = 0
  const before = await processorTime(owner)
  const start = performance.now()
  const work = async () => {
    while (performance.now() < start + seconds * 1000) {
      await ask()
      asked++
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  const elapsed = performance.now() - start
  const after = await processorTime(owner)
  const byClock = (1000 * asked) / elapsed
  const clock = `${name.padEnd(8)} ${byClock.toFixed(0).padStart(5)} suggestions/s by the clock`
  if (!before || !after) {
    console.log(clock)
    return byClock
  }
  const own = (after.process - before.process) / asked
  const database = (after.database - before.database) / asked
  const rate = 1000 / (own + database)
  console.log(
    `${clock}, ${rate.toFixed(0).padStart(5)} of one core: ${own.toFixed(2)} ms here, ` +
      `${database.toFixed(2)} ms in PostgreSQL`,
  )
  return rate
}

async function measure(databaseUrl: string): Promise<number> {
  const pool = createPool(databaseUrl, { max: atOnce })
  const pages = createPipeline(databaseUrl)
  const bus = await createLiveBus({ databaseUrl, log: { info: () => undefined, warn: () => undefined } })
  const suggester = createSuggester({ pages, bus })
  const transact = transactions(pool)
  const places = await placesOf(databaseUrl)
  let next = 0
  const ask = () => {
    const [text] = unseenCases[next % unseenCases.length]!
    const { id, area } = places[next++ % places.length]!
    return transact({ scope: [county], actor: 'bench' }, (tx) =>
      suggester.suggest(tx, { county, area, text, excludeIssue: id }),
    )
  }
  try {
    const began = performance.now()
    await ask()
    console.log(`first    ${((performance.now() - began) / 1000).toFixed(1)} s: reads the county's past`)
    return await asOwner(databaseUrl, async (owner) => {
      await round('warm-up', owner, ask)
      const rates: number[] = []
      for (let at = 0; at < rounds; at++) rates.push(await round('suggest', owner, ask))
      return median(rates)
    })
  } finally {
    suggester.close()
    await bus.close()
    await pages.end()
    await pool.end()
  }
}

export default async function suggest(args: string[]): Promise<boolean> {
  const sound = showAccuracy(args.includes('--misses'))
  if (args.includes('--accuracy')) return sound
  const postgres = await startBenchPostgres()
  try {
    const rate = await measure(await ensureIssues(postgres.url))
    const { top1, top3 } = accuracyOf(unseenCases, 'words')
    console.log(`suggest: top-1=${top1.toFixed(3)} top-3=${top3.toFixed(3)}`)
    console.log(`suggest: rate=${rate.toFixed(0)} goal ${goal}`)
    return sound && rate >= goal
  } finally {
    await postgres.stop()
  }
}
