import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer } from '@minqing/server'
import type pg from 'pg'
import { asOwner, ensureDiaries, startBenchPostgres } from './support/database.ts'
import { quantile } from './support/figures.ts'
import { signToken } from './support/token.ts'

/*
 * Words of two and four characters, cut from diaries at random, searched over the 318,000 diaries of a county. Recall is
 * the share of the diaries found by LIKE that a search finds when it is read page by page to its end; the times are of
 * the first page of 50, over HTTP, four requests at a time.
 */
const wordsPerLength = 60
/** LIKE reads everything, and a common word has hundreds of pages: recall is looked at for some of the words. */
const checkedPerLength = 8
const audience = 'bench'

/** Words as people write them: letters that stand together somewhere. */
async function pickWords(client: pg.Client, length: number): Promise<string[]> {
  await client.query('select setseed(0.42)')
  const { rows } = await client.query<{ word: string }>(
    `select distinct on (word) word from (
      select substr(folded, 1 + floor(random() * (length(folded) - $1))::integer, $1) as word
      from diary tablesample system (0.3) repeatable (7) where length(folded) > $1
    ) cut where word ~ ('^[一-龥]{' || $1 || '}$')`,
    [length],
  )
  // by a fixed order that has nothing to do with the words
  const { rows: shuffled } = await client.query<{ word: string }>(
    'select word from unnest($1::text[]) word order by md5(word) limit $2',
    [rows.map(({ word }) => word), wordsPerLength],
  )
  return shuffled.map(({ word }) => word)
}

interface Page {
  items: { id: string }[]
  next: string | null
}

type Search = (word: string, more?: string) => Promise<Page>

async function recallOf(
  client: pg.Client,
  search: Search,
  word: string,
): Promise<{ found: number; wanted: number }> {
  const { rows } = await client.query<{ id: string }>(
    'select id from diary where deleted_at is null and position($1 in folded) > 0',
    [word],
  )
  const found = new Set<string>()
  let page: Page = { items: [], next: '' }
  while (page.next !== null) {
    page = await search(word, `&limit=100${page.next && `&cursor=${page.next}`}`)
    for (const { id } of page.items) found.add(id)
  }
  return { found: rows.filter(({ id }) => found.has(id)).length, wanted: rows.length }
}

async function time(search: Search, words: readonly string[]): Promise<number[]> {
  const times: number[] = []
  const waiting = [...words]
  const work = async () => {
    for (let word = waiting.pop(); word !== undefined; word = waiting.pop()) {
      const began = performance.now()
      await search(word)
      times.push(performance.now() - began)
    }
  }
  await Promise.all([work(), work(), work(), work()])
  return times
}

async function measure(client: pg.Client, search: Search): Promise<number> {
  let found = 0
  let wanted = 0
  for (const length of [2, 4]) {
    const words = await pickWords(client, length)
    await time(search, words.slice(0, 8))
    const times = await time(search, words)
    console.log(
      `${length} characters: ${words.length} words, p50 ${quantile(times, 0.5).toFixed(1)} ms, ` +
        `p99 ${quantile(times, 0.99).toFixed(1)} ms`,
    )
    for (const word of words.slice(0, checkedPerLength)) {
      const recall = await recallOf(client, search, word)
      found += recall.found
      wanted += recall.wanted
      console.log(`  ${word}: ${recall.found} of ${recall.wanted}`)
    }
  }
  return found / wanted
}

export default async function search(): Promise<boolean> {
  const postgres = await startBenchPostgres()
  const dataDir = await mkdtemp(join(tmpdir(), 'minqing-bench-'))
  const secret = randomBytes(32)
  try {
    const databaseUrl = await ensureDiaries(postgres.url)
    const token = { audience, secret }
    const options = { databaseUrl, dataDir, token, logLevel: 'warn', rateLimits: false } as const
    const server = await startServer({ ...options, host: '127.0.0.1', port: 0 })
    const headers = { authorization: `Bearer ${signToken(secret, audience)}` }
    const ask: Search = async (word, more = '') => {
      const url = `${server.url}/v1/diaries?area=330683&q=${encodeURIComponent(word)}${more}`
      const answer = await fetch(url, { headers })
      if (!answer.ok) throw new Error(await answer.text())
      return (await answer.json()) as Page
    }
    const recall = await asOwner(databaseUrl, (client) => measure(client, ask)).finally(() => server.close())
    console.log(`search: recall=${recall.toFixed(4)} goal 1.00`)
    return recall === 1
  } finally {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
