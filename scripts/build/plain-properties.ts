import type { Plugin } from 'rollup'

/** `property` or `state` on a field, as esbuild writes it: decorators, class, name, and 2 for a field. */
const decorated =
  /__decorateClass\(\[\s*(property|state)\(([^[\]]*?)\)\s*\], (\w+)\.prototype, "(\w+)"(?:, 2)?\)/g

/**
 * Has Lit's properties made by the call that its decorators end in. A decorator is a list, a loop, two closures and a
 * look for an accessor of before, for each property of each widget, while a host's page loads.
 */
export function plainProperties(): Plugin {
  return {
    name: 'plain-properties',
    transform(code, id) {
      if (id.includes('node_modules') || !code.includes('__decorateClass')) return null
      const plain = code.replace(
        decorated,
        (_, kind: string, options: string, widget: string, name: string) => {
          const how = kind === 'state' ? '{ state: true }' : options
          return `${widget}.createProperty("${name}"${how && `, ${how}`})`
        },
      )
      if (/\[\s*(property|state)\(/.test(plain))
        this.error(`A property of ${id} has a shape that scripts/build/plain-properties.ts does not know.`)
      return { code: plain, map: null }
    },
  }
}
