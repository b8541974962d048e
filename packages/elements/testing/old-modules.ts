import { build } from 'esbuild'
import type { Plugin } from '@web/dev-server-core'

const path = '/__old-modules/'

/**
 * Serves packages that are, or lean on, CommonJS as one ES module each.
 *
 * @param homes name → folder of the package that depends on it
 */
export function oldModules(homes: Readonly<Record<string, string>>): Plugin {
  const made = new Map<string, Promise<string>>()
  const bundle = async (name: string) => {
    const options = {
      format: 'esm',
      platform: 'browser',
      target: 'chrome86',
      write: false,
      bundle: true,
    } as const
    // axe-core has only a default export; `export *` alone would lose it.
    const contents = `export * from '${name}'; import * as all from '${name}'; export default "default" in all ? all["default"] : all`
    // `default` is looked for where there may be none: that is no news.
    const result = await build({
      logLevel: 'error',
      ...options,
      stdin: { contents, resolveDir: homes[name]! },
    })
    return result.outputFiles[0]!.text
  }
  return {
    name: 'old-modules',
    resolveImport: ({ source }) => (source in homes ? `${path}${source}.js` : undefined),
    async serve({ path: asked }) {
      if (!asked.startsWith(path)) return undefined
      const name = asked.slice(path.length, -'.js'.length)
      if (!(name in homes)) return undefined
      if (!made.has(name)) made.set(name, bundle(name))
      return { body: await made.get(name)!, type: 'js' }
    },
  }
}
