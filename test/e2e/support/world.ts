import { readFile } from 'node:fs/promises'
import type { StartOptions } from '@minqing/server'
import pg from 'pg'
import type { Locator, Page } from 'playwright-core'
import { makeProfile, startBrowser, type RunningBrowser } from '../../faults/support/browser.ts'
import { startDemoServer, type DemoServer } from '../../support/demo-server.ts'
import { complaints } from '../../site/support.ts'
import { startHost, type Host, type PersonName } from './host.ts'

/** The reference server on its database, and a portal on another origin that embeds the widgets. */
export interface World {
  readonly server: DemoServer
  readonly host: Host
  /** Asks the database as its owner. */
  query<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>
  /** A browser with a profile of its own, as on another person's device. */
  device(): Promise<Device>
  close(): Promise<void>
}

export interface Device {
  readonly profile: string
  browser: RunningBrowser
  /** Opens the portal as somebody, and waits until the widgets are there. */
  open(as: PersonName): Promise<Portal>
  /** Kills the browser with all its processes, and starts it again on the same profile. */
  killAndRestart(): Promise<void>
}

/** The portal in a browser tab. */
export interface Portal {
  readonly page: Page
  readonly composer: Locator
  readonly feed: Locator
  /** What the browser complained about, besides a line that was cut. */
  readonly complaints: () => string[]
  write(text: string, photos?: { name: string; buffer: Buffer }[]): Promise<void>
  publish(): Promise<void>
  /** The diary that says so, in the feed. */
  diary(text: string): Locator
  button(within: Locator, name: string): Locator
}

/** A cut line is what the tests are about, and the browser says so for every request. */
const cutLine = /net::ERR_(INTERNET_DISCONNECTED|FAILED|CONNECTION_REFUSED|NETWORK_CHANGED)/

/** Waits until the page has fetched all it fetches by itself, as it has for a person who begins to write. */
const quiet = (page: Page) =>
  page.waitForFunction(
    () => {
      const seen = globalThis as { fetched?: number; since?: number }
      const fetched = performance.getEntriesByType('resource').length
      if (seen.fetched !== fetched) Object.assign(seen, { fetched, since: performance.now() })
      return performance.now() - seen.since! > 1000
    },
    undefined,
    { polling: 50 },
  )

async function openPortal(page: Page, url: string): Promise<Portal> {
  const heard = complaints(page)
  await page.goto(url)
  const composer = page.locator('mq-diary-composer')
  const feed = page.locator('mq-diary-feed')
  await composer.locator('[part~="publish"]').waitFor()
  await feed.locator('[role=feed][aria-busy=false]').waitFor({ state: 'attached' })
  await composer.locator('.where').waitFor()
  await quiet(page)
  const portal: Portal = {
    page,
    composer,
    feed,
    complaints: () => heard.filter((line) => !cutLine.test(line)),
    async write(text, photos = []) {
      await composer.locator('textarea').fill(text)
      if (photos.length === 0) return
      const files = photos.map((photo) => ({ ...photo, mimeType: 'image/jpeg' }))
      await composer.locator('input[type=file][multiple]').setInputFiles(files)
      await composer
        .locator('[part~="photos"] li[aria-busy=false]')
        .nth(photos.length - 1)
        .waitFor()
    },
    publish: () => composer.locator('[part~="publish"]').click(),
    diary: (text) => feed.locator('article', { hasText: text }),
    button: (within, name) => within.getByRole('button', { name }),
  }
  return portal
}

export async function startWorld(
  options: { diaries?: number; issues?: number; clock?: () => Date } & Partial<StartOptions> = {},
): Promise<World> {
  const { diaries = 5, issues = 0, ...more } = options
  const manifest = new URL('../../../packages/elements/package.json', import.meta.url)
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string }
  const host = await startHost(version, () => options.clock?.().getTime() ?? Date.now())
  const server = await startDemoServer({
    diaries,
    issues,
    ...more,
    demo: false,
    token: { audience: 'minqing', secret: host.secret },
    allowedOrigins: [host.origin],
  })
  host.serve(server.url)
  const owner = new pg.Pool({ connectionString: server.databaseUrl, max: 2 })
  owner.on('error', () => undefined)
  const ends: (() => Promise<void>)[] = []
  return {
    server,
    host,
    async query<Row extends object>(sql: string, values?: unknown[]) {
      return (await owner.query<Row>(sql, values)).rows
    },
    async device() {
      const profile = await makeProfile()
      const device: Device = {
        profile: profile.path,
        browser: await startBrowser(profile.path),
        open: async (as) => openPortal(await device.browser.context.newPage(), host.page(as)),
        async killAndRestart() {
          await device.browser.kill()
          device.browser = await startBrowser(profile.path)
        },
      }
      ends.push(async () => {
        await device.browser.close()
        await profile.remove()
      })
      return device
    },
    async close() {
      await Promise.all(ends.map((end) => end()))
      await owner.end()
      await server.close()
      await host.close()
    },
  }
}
