import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { glob, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { takeLock } from '../../scripts/lock.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const stamp = join(root, '.cache/test-assets.stamp')

/** Folders for `startServer`: the docs site and the widgets' bundles. */
export interface Assets {
  readonly siteDir: string
  readonly cdnDir: string
}

const assets: Assets = { siteDir: join(root, 'docs/_site'), cdnDir: join(root, 'packages/elements/cdn') }

const sources = [
  'packages/{core,client,elements}/src/**/*.{ts,css}',
  'packages/elements/package.json',
  'scripts/build/**/*.ts',
  'docs/**/*.{ts,js,njk,md,css,svg,java,py,mjs}',
  'pnpm-lock.yaml',
]

async function fingerprint(): Promise<string> {
  const files: string[] = []
  const exclude = (name: string) => ['node_modules', '_site'].includes(name)
  for await (const file of glob(sources, { cwd: root, exclude })) {
    if (!file.endsWith('.test.ts') && !file.includes('_site')) files.push(file)
  }
  const hash = createHash('sha256')
  for (const file of files.sort()) hash.update(file).update(await readFile(join(root, file)))
  return hash.digest('hex')
}

async function isFresh(wanted: string): Promise<boolean> {
  if (!existsSync(assets.siteDir) || !existsSync(assets.cdnDir)) return false
  return (await readFile(stamp, 'utf8').catch(() => '')) === wanted
}

/**
 * Builds site and bundles unless they are those of the sources as they are. Test processes that ask at the same time
 * wait for the one that builds.
 */
export async function builtAssets(): Promise<Assets> {
  for (;;) {
    const wanted = await fingerprint()
    if (await isFresh(wanted)) return assets
    const lock = await takeLock(join(root, '.cache/test-assets.lock'))
    if ('heldBy' in lock) {
      await sleep(200)
      continue
    }
    try {
      if (await isFresh(wanted)) return assets
      const { buildAssets } = await import('../../scripts/build.ts')
      await buildAssets()
      await writeFile(stamp, wanted)
      return assets
    } finally {
      await lock.release()
    }
  }
}
