import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { chromiumArgs, findChromium } from '../../support/chromium.ts'

/** A real Chromium with a profile on disk, whose processes can be killed. */
export interface RunningBrowser {
  readonly context: BrowserContext
  open(url: string): Promise<Page>
  /** SIGKILL to every process of it at once, as when a phone runs out of memory. The profile stays. */
  kill(): Promise<void>
  close(): Promise<void>
}

/** A folder for a profile, removed by `remove`. */
export async function makeProfile(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'minqing-profile-'))
  // Chromium's helpers may still write while they die.
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }) }
}

async function endpointOf(profile: string, process: ChildProcess): Promise<string> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (process.exitCode !== null) throw new Error(`Chromium ended with ${process.exitCode}`)
    const text = await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '')
    const [port, path] = text.split('\n')
    if (port && path) return `ws://127.0.0.1:${port}${path}`
    await sleep(50)
  }
  throw new Error('Chromium did not open its debugging port in 15 s')
}

export async function startBrowser(profile: string, args: string[] = []): Promise<RunningBrowser> {
  await rm(join(profile, 'DevToolsActivePort'), { force: true })
  // A group of its own, so that one signal reaches all of it.
  const child = spawn(
    await findChromium(),
    [
      ...chromiumArgs,
      '--remote-debugging-port=0',
      '--remote-debugging-pipe',
      `--user-data-dir=${profile}`,
      ...args,
      'about:blank',
    ],
    // Of the pipe only its end is of use: the browser goes when it closes, and so with us, however we end.
    { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  )
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const kill = async () => {
    try {
      process.kill(-child.pid!, 'SIGKILL')
    } catch {
      // Gone already.
    }
    await ended
  }
  try {
    const browser = await chromium.connectOverCDP(await endpointOf(profile, child))
    const context = browser.contexts()[0]!
    return {
      context,
      kill,
      open: async (url) => {
        const page = await context.newPage()
        // Its module scripts have run by then.
        await page.goto(url, { waitUntil: 'load' })
        return page
      },
      close: async () => {
        await browser.close().catch(() => undefined)
        await kill()
      },
    }
  } catch (error) {
    await kill()
    throw error
  }
}
