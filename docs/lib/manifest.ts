import { existsSync, readFileSync } from 'node:fs'

/** The parts of custom-elements.json (schema 1.0.0) that the component pages show. */
interface Described {
  name: string
  description?: string
  type?: { text: string }
  default?: string
}
interface Member extends Described {
  kind: string
  privacy?: string
  static?: boolean
  attribute?: string
  inheritedFrom?: unknown
  parameters?: Described[]
  return?: { type?: { text: string } }
}
interface Declaration {
  tagName?: string
  description?: string
  members?: Member[]
  attributes?: (Described & { fieldName?: string })[]
  events?: Described[]
  cssParts?: Described[]
  cssProperties?: Described[]
  slots?: Described[]
}

export interface ComponentApi {
  tag: string
  description: string
  properties: { name: string; attribute: string; type: string; default: string; description: string }[]
  methods: { signature: string; description: string }[]
  events: Described[]
  parts: Described[]
  cssProperties: Described[]
  slots: Described[]
}

const file = new URL('../../packages/elements/custom-elements.json', import.meta.url)

const isPublic = (member: Member) =>
  !member.static && (member.privacy ?? 'public') === 'public' && !member.name.startsWith('_')

function describe(declaration: Declaration): ComponentApi {
  const members = (declaration.members ?? []).filter(isPublic)
  const described = members.filter(({ description }) => description)
  return {
    tag: declaration.tagName!,
    description: declaration.description ?? '',
    properties: described
      .filter(({ kind }) => kind === 'field')
      .map(({ name, attribute, type, default: value, description }) => ({
        name,
        attribute: attribute ?? '',
        type: type?.text ?? '',
        default: value ?? '',
        description: description!,
      })),
    methods: described
      .filter(({ kind }) => kind === 'method')
      .map(({ name, parameters = [], return: result, description }) => ({
        signature: `${name}(${parameters.map((one) => one.name).join(', ')})${result?.type ? `: ${result.type.text}` : ''}`,
        description: description!,
      })),
    events: declaration.events ?? [],
    parts: declaration.cssParts ?? [],
    cssProperties: declaration.cssProperties ?? [],
    slots: declaration.slots ?? [],
  }
}

/** API by tag, from the manifest that `npm run build` makes; empty before the first build. */
export function componentApis(): Record<string, ComponentApi> {
  if (!existsSync(file)) return {}
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { modules: { declarations?: Declaration[] }[] }
  const declarations = manifest.modules.flatMap(({ declarations = [] }) => declarations)
  return Object.fromEntries(
    declarations
      .filter(({ tagName }) => tagName)
      .map((declaration) => [declaration.tagName!, describe(declaration)]),
  )
}
