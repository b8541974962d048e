import type { Declaration, Described, Manifest, Member } from './manifest.ts'

/** An attribute and the property that it sets; some properties have no attribute. */
export interface Field extends Described {
  attribute?: string
}

/** What frameworks and editors are told of a widget. */
export interface Widget {
  tag: string
  /** Of the class that `@minqing/elements` exports. */
  className: string
  description: string
  fields: Field[]
  events: Described[]
  slots: Described[]
  cssParts: Described[]
  cssProperties: Described[]
}

const isField = ({ kind, description }: Member) => kind === 'field' && Boolean(description)

function widgetOf(declaration: Declaration): Widget {
  const { name, tagName, description = '', members = [] } = declaration
  return {
    tag: tagName!,
    className: name,
    description,
    fields: members.filter(isField),
    events: declaration.events ?? [],
    slots: declaration.slots ?? [],
    cssParts: declaration.cssParts ?? [],
    cssProperties: declaration.cssProperties ?? [],
  }
}

/** The widgets of a manifest, by tag. */
export function widgetsOf(manifest: Manifest): Widget[] {
  const all = manifest.modules.flatMap(({ declarations = [] }) => declarations)
  return all
    .filter(({ tagName }) => tagName)
    .map(widgetOf)
    .sort((a, b) => (a.tag < b.tag ? -1 : 1))
}
