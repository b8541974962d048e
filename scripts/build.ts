import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { buildCdn } from './build/cdn.ts'
import { buildManifest } from './build/manifest.ts'
import { buildPackages } from './build/packages.ts'
import { root } from './build/paths.ts'

type Log = (line: string) => void

/**
 * Builds all that is served and published: npm packages (`dist`), the CDN folder, custom-elements.json and the docs
 * site, which shows what the manifest says and therefore comes last.
 */
export async function buildAll({ log = () => undefined }: { log?: Log } = {}): Promise<void> {
  const step = async (name: string, work: () => unknown) => {
    const start = performance.now()
    await work()
    log(`${name} ${((performance.now() - start) / 1000).toFixed(1)} s`)
  }
  await step('packages', () => buildPackages())
  await buildAssets({ log })
}

/** What a running server shows: the CDN folder, the manifest and the docs site; `npm start` needs no more. */
export async function buildAssets({ log = () => undefined }: { log?: Log } = {}): Promise<void> {
  const timed = async (name: string, work: () => unknown) => {
    const start = performance.now()
    await work()
    log(`${name} ${((performance.now() - start) / 1000).toFixed(1)} s`)
  }
  await timed('cdn', () => buildCdn())
  await timed('manifest', () => buildManifest())
  const site = new URL('docs/build.ts', root)
  if (existsSync(site)) {
    const { buildSite } = (await import(site.href)) as { buildSite(options: { log: Log }): Promise<void> }
    await timed('docs', () => buildSite({ log }))
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await buildAll({ log: (line) => console.log(line) })
}
