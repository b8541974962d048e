import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { makeProfile, startBrowser, type RunningBrowser } from './browser.ts'
import { startPortal } from './portal.ts'
import { startTestServer, type TestServer } from './server.ts'

/** What became of the diaries that the outbox had taken: `enqueue` resolved, and this process heard of it. */
export interface Tally {
  rounds: number
  acknowledged: number
  lost: number
  duplicated: number
}

const area = '330683100201'
const outboxName = 'faults'

/** A browser that writes and sends, a server that takes, and the means to kill either at any moment. */
export interface FaultBench {
  /** Rounds of SIGKILL to the whole browser. */
  killBrowser(rounds: number): Promise<Tally>
  /** Rounds of SIGKILL to the server process; PostgreSQL stays. */
  killServer(rounds: number): Promise<Tally>
  close(): Promise<void>
}

/** Runs in the page: writes one diary after the other, as fast as the outbox takes them, and reports each. */
async function writeForEver([baseUrl, token, name, code]: readonly [
  string,
  string,
  string,
  string,
]): Promise<void> {
  const mq = window.mqKit.createClient({
    baseUrl,
    getToken: () => token,
    outbox: { name, maxBackoffMs: 500 },
  })
  const report = (window as unknown as { acknowledge(id: string): Promise<void> }).acknowledge
  const pixels = Uint8Array.from(atob(photo), (character) => character.charCodeAt(0))
  for (let count = 0; ; count++) {
    // Every fourth carries a photo, so that kills also meet uploads.
    const photos = count % 4 === 3 ? [new Blob([pixels], { type: 'image/png' })] : []
    // The text is unique: the same one under two ids would be a diary sent twice.
    const text = `第${count}篇 ${window.mqKit.newId()}`
    const { id } = await mq.outbox.enqueue({ area: code, kind: 'visit', text }, photos)
    void report(id)
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 150))
  }
}

/** A PNG of one pixel. */
const photo =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** Runs in the page: sends what is left, and says when there is nothing. */
async function sendRest([baseUrl, token, name]: readonly [string, string, string]): Promise<unknown[]> {
  const mq = window.mqKit.createClient({
    baseUrl,
    getToken: () => token,
    outbox: { name, maxBackoffMs: 500 },
  })
  const deadline = Date.now() + 60_000
  do {
    await mq.outbox.flush()
    await new Promise((resolve) => setTimeout(resolve, 50))
  } while (mq.outbox.state.pending.length > 0 && Date.now() < deadline)
  const { pending, parked } = mq.outbox.state
  return [...pending, ...parked].map(({ id, problem }) => ({ id, problem }))
}

export async function startFaultBench(): Promise<FaultBench> {
  const portal = await startPortal()
  const server: TestServer = await startTestServer({ origins: [portal.origin], ownProcess: true })
  const profile = await makeProfile()
  const acknowledged = new Set<string>()

  const openPage = async (browser: RunningBrowser): Promise<Page> => {
    const page = await browser.context.newPage()
    await page.exposeFunction('acknowledge', (id: string) => void acknowledged.add(id))
    await page.goto(portal.origin, { waitUntil: 'load' })
    return page
  }
  /** Starts writing; never awaited, because it ends with a kill or with the page. */
  const write = async (page: Page) => {
    const token = await server.token({ lifeSeconds: 3000 })
    const source = `(photo => ${writeForEver.toString()})(${JSON.stringify(photo)})`
    const argument = JSON.stringify([server.url, token, outboxName, area])
    void page.evaluate(`(${source})(${argument})`).catch(() => undefined)
  }
  /** Late enough that something was written, and then at any moment. */
  const anyMoment = async (before: number) => {
    for (let waited = 0; acknowledged.size === before && waited < 5000; waited += 20) await sleep(20)
    await sleep(Math.random() * 400)
  }

  const tally = async (rounds: number, browser: RunningBrowser): Promise<Tally> => {
    const page = await openPage(browser)
    const token = await server.token({ lifeSeconds: 3000 })
    const left = await page.evaluate(sendRest, [server.url, token, outboxName] as const)
    if (left.length > 0) console.log('left in the outbox:', JSON.stringify(left.slice(0, 5)))
    const rows = await server.query<{ id: string; text: string }>('select id, text from diary')
    const stored = new Set(rows.map(({ id }) => id))
    const twice = rows.length - new Set(rows.map(({ text }) => text)).size
    const [told] = await server.query<{ twice: number }>(
      `select (count(*) - count(distinct data::jsonb ->> 'diaryId'))::int as twice
       from live_event where type = 'diary.created'`,
    )
    const ids = [...acknowledged]
    const lost = ids.filter((id) => !stored.has(id)).length
    return { rounds, acknowledged: ids.length, lost, duplicated: twice + told!.twice }
  }

  return {
    killBrowser: async (rounds) => {
      for (let round = 0; round < rounds; round++) {
        const before = acknowledged.size
        const browser = await startBrowser(profile.path)
        await write(await openPage(browser))
        await anyMoment(before)
        await browser.kill()
      }
      const browser = await startBrowser(profile.path)
      const result = await tally(rounds, browser)
      await browser.close()
      return result
    },
    killServer: async (rounds) => {
      const browser = await startBrowser(profile.path)
      const page = await openPage(browser)
      await write(page)
      for (let round = 0; round < rounds; round++) {
        await anyMoment(acknowledged.size)
        await server.kill()
        await sleep(Math.random() * 200)
        await server.start()
      }
      await page.close()
      const result = await tally(rounds, browser)
      await browser.close()
      return result
    },
    close: async () => {
      await server.close()
      await profile.remove()
      await portal.close()
    },
  }
}
