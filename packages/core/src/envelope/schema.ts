import Type, { type Static } from 'typebox'
import { named, oneOf, strict } from '../internal/shapes.ts'
import { envelopeHeaders, envelopeAnswerHeaders } from './rules.ts'

// what HTTP lets a value be, and no line break above all
const Value = Type.String({ pattern: '^[\\x20-\\x7e]*$', maxLength: 8192 })
const Base64 = Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$' })

const headersOf = <const N extends string>(names: readonly N[]) =>
  strict(
    Object.fromEntries(names.map((name) => [name, Type.Optional(Value)])) as Record<
      N,
      Type.TOptional<typeof Value>
    >,
  )

/** A request inside a POST, for hosts that let nothing else through. At most one of `body` and `bodyBase64`. */
export const Envelope = named('Envelope', {
  method: oneOf(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const),
  /** Path and query below the server's address: `/v1/diaries?area=330683`. */
  path: Type.String({ pattern: '^/v1/[\\x21-\\x7e]*$', maxLength: 8192 }),
  headers: headersOf(envelopeHeaders),
  body: Type.Optional(Type.String()),
  bodyBase64: Type.Optional(Base64),
})
export type Envelope = Static<typeof Envelope>

/** The answer to it; that of the POST itself is always 200 once the envelope could be opened. */
export const EnvelopeAnswer = named('EnvelopeAnswer', {
  status: Type.Integer({ minimum: 200, maximum: 599 }),
  headers: headersOf(envelopeAnswerHeaders),
  body: Type.Optional(Type.String()),
  bodyBase64: Type.Optional(Base64),
})
export type EnvelopeAnswer = Static<typeof EnvelopeAnswer>
