import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The repository's root. */
export const root = new URL('../../', import.meta.url)
export const at = (path: string): string => fileURLToPath(new URL(path, root))

/** Version of the widgets: the name of the CDN folder. */
export const elementsVersion = (): string =>
  (JSON.parse(readFileSync(at('packages/elements/package.json'), 'utf8')) as { version: string }).version

export const cdnDir = (): string => at(`packages/elements/cdn/${elementsVersion()}`)
