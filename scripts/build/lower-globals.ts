import type { Plugin } from 'rollup'

/**
 * What dependencies use that our oldest browser (Chromium 86) lacks, and what says the same there. esbuild lowers
 * syntax, not the library; changing the host's globals is not ours to do.
 */
const replacements: readonly [RegExp, string][] = [
  [/\bObject\.hasOwn\(/g, 'Object.prototype.hasOwnProperty.call('],
  [/\.at\(-1\)/g, '.slice(-1)[0]'],
  [
    /\b([\w$]+(?:\.[\w$]+)*)(\?)?\.throwIfAborted\(\)/g,
    '($1?.aborted && (() => { throw $1.reason ?? new DOMException("Aborted", "AbortError") })())',
  ],
]

export function lowerGlobals(): Plugin {
  return {
    name: 'lower-globals',
    transform(code, id) {
      if (!id.includes('node_modules')) return null
      const lowered = replacements.reduce((text, [what, by]) => text.replace(what, by), code)
      return lowered === code ? null : { code: lowered, map: null }
    },
  }
}
