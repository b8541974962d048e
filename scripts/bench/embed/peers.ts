import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { OutputChunk, Plugin } from 'rollup'
import { StartupProblem } from '../../problem.ts'
import { bundle } from '../../build/bundle.ts'
import { at } from '../../build/paths.ts'

/** Others' widgets for other people's pages. They are measured beside ours and never shipped. */
export interface Peer {
  name: string
  title: string
  /** Its style sheet in its package, which the page has before the script comes. */
  sheet?: string
}

export const peers: readonly Peer[] = [
  { name: 'giscus', title: 'giscus' },
  { name: 'calcom', title: 'Cal.com embed' },
  { name: 'webawesome-button', title: 'Web Awesome button' },
  {
    name: 'webawesome',
    title: 'Web Awesome form',
    sheet: '@awesome.me/webawesome/dist/styles/webawesome.css',
  },
  { name: 'uppy', title: 'Uppy core + dashboard', sheet: '@uppy/dashboard/dist/style.min.css' },
]

const source = at('scripts/bench/embed/peers')
const folder = at('.cache/bench-peers')
const modules = join(folder, 'node_modules')

/**
 * Installs the peers at the versions of the lockfile, once, into a folder of their own: nothing else needs them.
 *
 * @throws StartupProblem where the registry cannot be reached
 */
export async function installPeers(): Promise<void> {
  const hash = createHash('sha256')
  for (const name of ['package.json', 'package-lock.json']) hash.update(await readFile(join(source, name)))
  const mark = hash.digest('hex')
  const stamp = join(folder, 'stamp')
  if ((await readFile(stamp, 'utf8').catch(() => '')) === mark) return
  console.log('Installing the peers, once…')
  await mkdir(folder, { recursive: true })
  for (const name of ['package.json', 'package-lock.json']) await cp(join(source, name), join(folder, name))
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund']
  try {
    await promisify(execFile)(npm, args, { cwd: folder, shell: process.platform === 'win32' })
  } catch (cause) {
    throw new StartupProblem(
      'The peers could not be installed: the package registry has to be reachable, once.',
      { cause },
    )
  }
  await writeFile(stamp, mark)
}

/** Uppy reads its version from its package.json. */
const json: Plugin = {
  name: 'json',
  transform: (code, id) => (id.endsWith('.json') ? { code: `export default ${code}`, map: null } : null),
}

/** Bundles a peer exactly as our widgets are bundled. */
export async function bundlePeer({ name }: Peer): Promise<OutputChunk[]> {
  const chunks = await bundle({
    input: { [name]: join(source, `${name}.js`) },
    modulePaths: [modules],
    plugins: [json],
  })
  // The entry first, so that chunks of others with the same name cannot be taken for it.
  return chunks.sort((a, b) => Number(b.isEntry) - Number(a.isEntry))
}

/** Writes all peers with their style sheets into a folder, each in one of its own. */
export async function writePeers(target: string): Promise<void> {
  for (const peer of peers) {
    const own = join(target, peer.name)
    await mkdir(own, { recursive: true })
    for (const { fileName, code } of await bundlePeer(peer)) await writeFile(join(own, fileName), code)
    // with what it imports
    if (peer.sheet) await cp(dirname(join(modules, peer.sheet)), join(own, 'styles'), { recursive: true })
  }
}
