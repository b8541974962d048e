import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { promisify } from 'node:util'
import { buildFrameworks } from './frameworks.ts'
import { buildManifest } from './manifest.ts'
import { at } from './paths.ts'

const run = promisify(execFile)

/** In the order of their imports: each reads the declarations of those before it. */
export const packages = ['core', 'client', 'elements', 'plugins', 'server'] as const

/** Compiles each package to ES modules with declarations and source maps in its `dist`. */
export async function buildPackages(names: readonly string[] = packages): Promise<void> {
  for (const name of names) {
    await rm(at(`packages/${name}/dist`), { recursive: true, force: true })
    // not TypeScript 6: inside of decorated classes it leaves `import('./body.ts')` as it is, which nobody can load
    const compiler = at('node_modules/typescript-7/bin/tsc')
    try {
      await run(process.execPath, [compiler, '-p', at(`scripts/build/tsconfig/${name}.json`)])
    } catch (error) {
      const { stdout } = error as { stdout?: string }
      throw new Error(`packages/${name} does not compile:\n${stdout ?? String(error)}`)
    }
    if (name === 'elements') await buildFrameworks(await buildManifest())
  }
}
