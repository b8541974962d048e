import { escapeHtml } from './text.ts'

/** A JSON schema as TypeBox makes it, as far as the reference shows it. */
export interface Shape {
  title?: string
  description?: string
  type?: string
  enum?: string[]
  const?: unknown
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  default?: unknown
  anyOf?: Shape[]
  items?: Shape
  required?: string[]
  properties?: Record<string, Shape>
}

export interface Field {
  name: string
  /** HTML: the kind of value, with links to named shapes. */
  type: string
  required: boolean
  /** Bounds and meaning in words. */
  note: string
}

const link = (title: string) => `<a href="#shape-${title.toLowerCase()}">${title}</a>`

/** The kind of value in a word or two, as HTML. Named shapes become links and are told to `seen`. */
export function typeOf(shape: Shape, seen: (named: Shape) => void = () => {}): string {
  if (shape.title) {
    seen(shape)
    return link(shape.title)
  }
  if (shape.enum) return shape.enum.map((word) => `<code>${escapeHtml(word)}</code>`).join(' ')
  if (shape.anyOf) return shape.anyOf.map((one) => typeOf(one, seen)).join(' | ')
  if (shape.type === 'array' && shape.items) return `${typeOf(shape.items, seen)} []`
  if (shape.pattern?.includes('[1-8]')) return 'UUID'
  return shape.format ?? shape.type ?? 'object'
}

function boundsOf(shape: Shape): string[] {
  const range = (least: number | undefined, most: number | undefined, unit: string) =>
    least === undefined && most === undefined ? [] : [`${least ?? ''}–${most ?? ''}${unit}`]
  return [
    ...range(shape.minimum, shape.maximum, ''),
    ...(shape.enum ? [] : range(shape.minLength, shape.maxLength, ' 字')),
    ...range(shape.minItems, shape.maxItems, ' 项'),
    ...(shape.default === undefined ? [] : [`默认 ${String(shape.default)}`]),
  ]
}

/** One row for each property. */
export function fieldsOf(shape: Shape | undefined, seen?: (named: Shape) => void): Field[] {
  const required = new Set(shape?.required ?? [])
  return Object.entries(shape?.properties ?? {}).map(([name, property]) => ({
    name,
    type: typeOf(property, seen),
    required: required.has(name),
    note: [...boundsOf(property), ...(property.title ? [] : [property.description ?? ''])]
      .filter(Boolean)
      .join('; '),
  }))
}
