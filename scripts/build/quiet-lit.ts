import type { Plugin } from 'rollup'

/**
 * What Lit does for standard decorators, which we do not use: it makes a global `litPropertyMetadata` and gives the
 * page's `Symbol` a property. Pages are to find neither. The code is Lit's as esbuild has written it.
 */
const changes: readonly [file: RegExp, what: RegExp, by: string][] = [
  [/reactive-element\.js$/, /Symbol\.metadata \?\?= [^;]*\.litPropertyMetadata \?\?= [^;]*;/, ''],
  [/reactive-element\.js$/, /this\[Symbol\.metadata\]/, 'null'],
  [/decorators\/property\.js$/, /"object" == typeof \w+ \? \w+\([^)]*\) : /, ''],
]

/** Leaves out of Lit what it does for standard decorators. */
export function quietLit(): Plugin {
  return {
    name: 'quiet-lit',
    transform(code, id) {
      if (!id.includes('/@lit/reactive-element/')) return null
      let quiet = code
      for (const [file, what, by] of changes) {
        if (!file.test(id)) continue
        if (!what.test(quiet))
          this.error(`Lit has changed: ${what} finds nothing, see scripts/build/quiet-lit.ts.`)
        quiet = quiet.replace(what, by)
      }
      return quiet === code ? null : { code: quiet, map: null }
    },
  }
}
