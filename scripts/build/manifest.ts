import { writeFile } from 'node:fs/promises'
import { at } from './paths.ts'

/** The parts of a custom elements manifest that are used here. */
export interface Manifest {
  modules: { path: string; declarations?: Declaration[]; exports?: unknown[] }[]
}
export interface Described {
  name: string
  description?: string
  type?: { text: string }
  default?: string
}
export interface Member extends Described {
  kind: 'field' | 'method'
  privacy?: string
  static?: boolean
  attribute?: string
}
export interface Declaration extends Described {
  kind: string
  tagName?: string
  customElement?: boolean
  superclass?: { name: string }
  members?: Member[]
  attributes?: (Described & { fieldName?: string })[]
  events?: Described[]
  cssParts?: Described[]
  cssProperties?: Described[]
  slots?: Described[]
}

const lists = ['attributes', 'events', 'cssParts', 'cssProperties', 'slots'] as const

/** Analyzes the widgets' sources: what a page may use of each, with the inherited, without what is private. */
export async function analyze(): Promise<Manifest> {
  const { cli } = await import('@custom-elements-manifest/analyzer/cli.js')
  const argv = [
    'analyze',
    '--litelement',
    '--quiet',
    '--globs',
    'src/**/*.ts',
    '--exclude',
    'src/**/*.test.ts',
  ]
  const manifest = await cli<Manifest>({ argv, cwd: at('packages/elements'), noWrite: true })
  const all = manifest.modules.flatMap((module) => module.declarations ?? [])
  const base = all.find(({ name }) => name === 'MqElement')
  for (const widget of all.filter(({ tagName }) => tagName)) {
    widget.members = widget.members?.filter(isPublic)
    // A scope is an element by itself: it has no look to inherit.
    if (widget.superclass?.name === base?.name) for (const list of lists) inherit(widget, base, list)
    for (const member of widget.members ?? []) {
      const attribute = widget.attributes?.find(({ name }) => camelCase(name) === member.name)
      if (attribute) {
        attribute.fieldName ??= member.name
        member.attribute ??= attribute.name
      }
      if (member.type) member.type.text = [...new Set(member.type.text.split(' | '))].join(' | ')
    }
  }
  const modules = manifest.modules.flatMap((module) => {
    const declarations = module.declarations?.filter(({ tagName }) => tagName) ?? []
    return declarations.length ? [{ ...module, declarations }] : []
  })
  return { ...manifest, modules }
}

const camelCase = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

const isPublic = ({ name, privacy, static: isStatic }: Member) =>
  privacy !== 'private' && privacy !== 'protected' && !isStatic && !/^(styles|render|_)/.test(name)

function inherit(widget: Declaration, base: Declaration | undefined, list: (typeof lists)[number]): void {
  const own = widget[list] ?? []
  const more = (base?.[list] ?? []).filter(({ name }) => !own.some((one) => one.name === name))
  if (own.length + more.length) widget[list] = [...own, ...more]
}

/** Writes packages/elements/custom-elements.json. */
export async function buildManifest(): Promise<Manifest> {
  const manifest = await analyze()
  await writeFile(at('packages/elements/custom-elements.json'), JSON.stringify(manifest, null, 2) + '\n')
  return manifest
}
