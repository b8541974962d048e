import { spawn } from 'node:child_process'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import { connect } from './cdp.ts'
import type { Driver } from './driver.ts'

/** The program that an npm package carries as `bin/chromium.br`; unpacked once. */
async function unpacked(pack: string, name: string): Promise<string> {
  const folder = fileURLToPath(new URL(`../../.cache/${name}/`, import.meta.url))
  const program = join(folder, 'chromium')
  const there = await access(program).then(
    () => true,
    () => false,
  )
  if (there) return program
  const entry = createRequire(import.meta.url).resolve(`${pack}/package.json`)
  await mkdir(folder, { recursive: true })
  const draft = `${program}.${process.pid}`
  await pipeline(
    createReadStream(join(dirname(entry), 'bin/chromium.br')),
    createBrotliDecompress(),
    createWriteStream(draft, { mode: 0o755 }),
  )
  await rename(draft, program)
  return program
}

/** A Chromium of any year, spoken with by the debugging protocol. */
export const startChromium = (program: string): Promise<Driver> => launch(program, connect)

/** Starts a Chromium and hands over its address and the way to end it. */
export async function launch<T>(
  program: string,
  connect: (address: string, end: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const profile = await mkdtemp(join(tmpdir(), 'minqing-chromium-'))
  const child = spawn(
    program,
    [
      ...['--headless', '--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-dev-shm-usage'],
      ...['--disable-background-networking', '--no-first-run', '--remote-debugging-port=0'],
      ...[`--user-data-dir=${profile}`, '--window-size=1000,1200', 'about:blank'],
    ],
    { detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const kill = () => {
    try {
      process.kill(-child.pid!, 'SIGKILL')
    } catch {
      // gone already
    }
  }
  // a group of its own outlives a process that leaves early
  process.once('exit', kill)
  const end = async () => {
    kill()
    process.removeListener('exit', kill)
    await ended
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
  try {
    const said: string[] = []
    for await (const line of createInterface({ input: child.stderr })) {
      said.push(line)
      const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1]
      if (!address) continue
      child.stderr.resume()
      return await connect(address, end)
    }
    throw new Error(`${program} did not start:\n${said.join('\n')}`)
  } catch (error) {
    await end()
    throw error
  }
}

/** Starts the Chromium out of that npm package. */
export const startPacked = async (pack: string, name: string): Promise<Driver> =>
  startChromium(await unpacked(pack, name))
