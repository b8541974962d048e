import { diaryKinds, issueStates, noticeTypes } from '@minqing/core/wire'
import type { Described } from './manifest.ts'
import type { Field, Widget } from './widgets.ts'

/** The values behind the names of types that attributes have. */
const named: Record<string, readonly string[]> = {
  DiaryKind: diaryKinds,
  IssueState: issueStates,
  NoticeType: noticeTypes,
  Locale: ['zh-CN', 'en'],
  TrackerOrder: ['newest', 'priority', 'due'],
}

/**
 * The values that an attribute may have, from its property's type; empty where any text or number will do.
 *
 * @throws Error for a named type that is not known here
 */
export function valuesOf({ name, type }: Field): string[] {
  const parts = (type?.text ?? '').split('|').map((part) => part.trim())
  const values = parts.flatMap((part) => {
    const literal = /^'(.*)'$/.exec(part)
    if (literal) return [literal[1]!]
    if (/^(string|number|boolean|undefined|null|)$/.test(part)) return []
    const list = named[part]
    if (!list)
      throw new Error(`Attribute ${name} is a ${part}: tell scripts/build/editor-data.ts its values.`)
    return [...list]
  })
  return [...new Set(values)]
}

const isBoolean = ({ type }: Field) => type?.text === 'boolean'
const withAttribute = (fields: Field[]) =>
  fields.flatMap((field) => (field.attribute ? [{ ...field, attribute: field.attribute }] : []))
const plain = ({ name, description = '' }: Described) => ({ name, description })

/** VS Code's HTML custom data, version 1.1. */
export function vscodeData(widgets: readonly Widget[]): object {
  const tags = widgets.map(({ tag, description, fields, slots }) => {
    const named = slots.map((slot) => `- \`${slot.name}\`: ${slot.description ?? ''}`)
    const value = [description, ...(named.length ? [`Slots:\n\n${named.join('\n')}`] : [])].join('\n\n')
    const attributes = withAttribute(fields).map((field) => {
      const values = valuesOf(field).map((name) => ({ name }))
      return {
        name: field.attribute,
        description: field.description ?? '',
        ...(values.length && { values }),
        // `v` is the editor's set for attributes that need no value
        ...(isBoolean(field) && { valueSet: 'v' }),
      }
    })
    return { name: tag, description: { kind: 'markdown', value }, attributes }
  })
  return { version: 1.1, tags }
}

const typeOf = (field: Field) => {
  const values = valuesOf(field)
  return values.length ? values.map((value) => `'${value}'`) : (field.type?.text ?? 'string')
}

/** JetBrains' web-types. */
export function webTypes(widgets: readonly Widget[], version: string): object {
  const elements = widgets.map((widget) => ({
    name: widget.tag,
    description: widget.description,
    attributes: withAttribute(widget.fields).map((field) => ({
      name: field.attribute,
      description: field.description ?? '',
      value: isBoolean(field) ? { kind: 'no-value', type: 'boolean' } : { type: typeOf(field) },
      ...(field.default && { default: field.default }),
    })),
    slots: widget.slots.map(plain),
    js: {
      properties: widget.fields.map((field) => ({ ...plain(field), type: field.type?.text ?? 'unknown' })),
      events: widget.events.map((event) => ({ ...plain(event), type: event.type?.text ?? 'Event' })),
    },
    css: { parts: widget.cssParts.map(plain), properties: widget.cssProperties.map(plain) },
  }))
  return {
    $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
    name: '@minqing/elements',
    version,
    'js-types-syntax': 'typescript',
    'description-markup': 'markdown',
    contributions: { html: { elements } },
  }
}
