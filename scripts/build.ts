import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { buildCdn } from './build/cdn.ts'
import { buildManifest } from './build/manifest.ts'
import { buildPackages } from './build/packages.ts'
import { root } from './build/paths.ts'

export interface BuildOptions {
  log?: (line: string) => void
  /** Whether the npm packages (`dist`) are compiled, too; a server that only shows the site needs none of them. */
  packages?: boolean
}

/**
 * Builds all that is served and published: the CDN folder, custom-elements.json, the docs site, which shows what the
 * manifest says and therefore comes after it, and the npm packages.
 */
export async function buildAll({ log = () => undefined, packages = true }: BuildOptions = {}): Promise<void> {
  const timed = async (name: string, work: () => Promise<unknown>) => {
    const start = performance.now()
    await work()
    log(`${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`)
  }
  await timed('CDN folder', buildCdn)
  await timed('custom-elements.json', buildManifest)
  const site = new URL('docs/build.ts', root)
  if (existsSync(site)) {
    const { buildSite } = (await import(site.href)) as { buildSite(options: BuildOptions): Promise<void> }
    await timed('docs site', () => buildSite({ log }))
  }
  if (packages) await timed('npm packages', () => buildPackages())
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await buildAll({ log: (line) => console.log(line) })
}
