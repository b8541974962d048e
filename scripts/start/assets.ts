import { createHash } from 'node:crypto'
import { existsSync, type Dirent } from 'node:fs'
import { glob, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { cdnDir } from '../build/paths.ts'
import { takeLock } from '../lock.ts'
import type { Say } from './say.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const stampFile = join(root, '.cache', 'assets.stamp')

/** What the site and the bundles are made from. */
const SOURCES = [
  'packages/{core,client,elements,plugins}/{src/**,package.json}',
  'docs/**',
  'examples/**',
  'scripts/{build.ts,build/**}',
  'pnpm-lock.yaml',
]

/** Where the finished files lie. */
export interface Assets {
  siteDir: string
  cdnDir: string
}

async function fingerprint(): Promise<string> {
  const lines: string[] = []
  const made = /(^|[\\/])(_site|node_modules|dist|cdn)([\\/]|$)/
  const exclude = (entry: Dirent) => made.test(entry.name)
  for await (const entry of glob(SOURCES, { cwd: root, exclude, withFileTypes: true })) {
    if (!entry.isFile() || made.test(relative(root, entry.parentPath))) continue
    const path = join(entry.parentPath, entry.name)
    const { size, mtimeMs } = await stat(path)
    lines.push(`${path} ${size} ${mtimeMs}`)
  }
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex')
}

const assets: Assets = { siteDir: join(root, 'docs', '_site'), cdnDir: dirname(cdnDir()) }

const isFresh = async (mark: string): Promise<boolean> =>
  existsSync(join(assets.siteDir, 'index.html')) &&
  existsSync(cdnDir()) &&
  (await readFile(stampFile, 'utf8').catch(() => '')) === mark

/** Whether site and bundles are those of the sources as they are. */
export const areAssetsFresh = async (): Promise<boolean> => isFresh(await fingerprint())

/** Builds the docs site and the widgets' bundles unless they are there and newer than their sources. */
export async function ensureAssets(say: Say): Promise<Assets> {
  await mkdir(join(root, '.cache'), { recursive: true })
  let lock = await takeLock(join(root, '.cache', 'build.lock'))
  for (; 'heldBy' in lock; lock = await takeLock(join(root, '.cache', 'build.lock'))) await sleep(250)
  try {
    const mark = await fingerprint()
    if (await isFresh(mark)) return assets
    say.line('Building the widgets and the site…')
    await rm(stampFile, { force: true })
    const { buildAll } = await import('../build.ts')
    await buildAll({ packages: false })
    await writeFile(stampFile, mark)
    return assets
  } finally {
    await lock.release()
  }
}
