import Type, { type TObject, type TProperties, type TSchema } from 'typebox'

/** An object that accepts no other fields and carries its public name, which OpenAPI uses for `$ref`. */
export const named = <P extends TProperties>(
  title: string,
  properties: P,
  description?: string,
): TObject<P> =>
  Type.Object(properties, { title, additionalProperties: false, ...(description ? { description } : {}) })

export const strict = <P extends TProperties>(properties: P): TObject<P> =>
  Type.Object(properties, { additionalProperties: false })

/** One of a few words, written as an enum so that the error names the allowed values. */
export const oneOf = <const T extends readonly string[]>(words: T, description?: string) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words], ...(description ? { description } : {}) })

export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** A client-made UUID: the primary key of what it names, so that a repeated send cannot make a second row. */
export const Uuid = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
  description: 'UUID in lower case',
})

/** An instant: RFC 3339, with offset or Z; the server answers in UTC with milliseconds. */
export const Instant = Type.String({ format: 'date-time', maxLength: 35 })

/** Cursors are opaque; their length is bounded so that a log line stays a line. */
export const Cursor = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'Opaque; from `next` or `previous`',
})

export const Page = <T extends TSchema>(title: string, item: T) =>
  named(title, {
    items: Type.Array(item),
    /** Goes on in the direction asked for; `null` at the end. */
    next: nullable(Cursor),
    /** Goes back from the first item of this page; `null` on an empty page. */
    previous: nullable(Cursor),
  })
