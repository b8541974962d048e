import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { AreaCode } from '@minqing/core'
import { Uuid } from '../../../packages/core/src/internal/shapes.ts'
import { receiptPattern } from '../../../packages/core/src/reports/rules.ts'
import { county, village } from './people.ts'
import { units } from './stages.ts'
import { sheet, type World } from './world.ts'

/** The parts of JSON Schema that core's shapes use. */
interface Schema {
  type?: string
  enum?: string[]
  anyOf?: Schema[]
  pattern?: string
  format?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  maxItems?: number
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
}

/** What breaks programs: wrong kinds, edges, and text that databases, URLs and regular expressions stumble over. */
const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 9007199254740993, '', ' ', [], {}, [[]]),
  fc.constantFrom(
    '\0',
    'a\u0000b',
    '\ud800',
    '\u202e',
    '%',
    '_',
    '\\',
    "'; drop table diary; --",
    '../../etc',
    '９',
  ),
  fc.constantFrom(
    'x'.repeat(300),
    '字'.repeat(6000),
    '2026-02-30T00:00:00Z',
    '9999-12-31T23:59:59.999Z',
    'null',
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 }),
)

const instants = [
  '2026-01-01T08:00:00+08:00',
  '1900-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-06-30t12:00:00.5z',
]

const patternOf = (schema: object): string => (schema as { pattern: string }).pattern

const newId = fc.constant(null).map(() => randomUUID())

/** What fits a pattern, and often means something in the world. */
const patterned: Readonly<Record<string, (world: World) => fc.Arbitrary<string>>> = {
  [patternOf(Uuid)]: ({ diary, comment, removedDiary, photo, issues, import: imported }) => {
    const ids = Object.values(issues).map(({ id }) => id)
    return fc.oneof(fc.constantFrom(diary, comment, removedDiary, photo, imported, ...ids), newId)
  },
  [patternOf(AreaCode)]: () =>
    fc.constantFrom(village, `${village}001`, '330683', '330604100', '33', '330683999', '99'),
  '^\\d{6}$': () => fc.constantFrom(county, county, '330604', '999999'),
  '^(\\d{2}){1,3}$': () => fc.constantFrom('01', '0101', '010101', '9999', '00'),
  '^[A-Za-z0-9_-]{1,64}$': () => fc.constantFrom(units.lead, units.assist, units.other, 'nobody', '-', '_'),
  '^\\d{4}-\\d{2}-\\d{2}$': () => fc.constantFrom('2026-10-01', '2026-02-30', '0000-00-00', '9999-12-31'),
  '^[0-9a-f-]{36}(,[0-9a-f-]{36})*$': ({ diary }) =>
    fc.constantFrom(diary, `${diary},${diary}`, '-'.repeat(36)),
  '^[A-Za-z0-9+/]+={0,2}$': () =>
    fc.constantFrom(sheet, 'AAAA', '/////w==', Buffer.from('编号').toString('base64')),
  [receiptPattern]: ({ receipt }) => fc.constantFrom(receipt, receipt.toLowerCase(), '7KQ2-M0XA-P3D8-ZW5H'),
  '^[0-9+*() -]{3,20}$': () => fc.constantFrom('13912345678', '+86 (575) 8888', '***'),
}

function strings(schema: Schema, world: World): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.format === 'date-time') return fc.constantFrom(...instants)
  const known = schema.pattern === undefined ? undefined : patterned[schema.pattern]?.(world)
  if (known) return known
  const maxLength = Math.min(schema.maxLength ?? 40, 200)
  return fc.oneof(
    fc.string({ minLength: schema.minLength ?? 0, maxLength }),
    fc.string({ unit: 'grapheme', minLength: schema.minLength ?? 0, maxLength: Math.min(maxLength, 20) }),
    fc.constantFrom('me', '走访 #环境整治', 'visit', world.diary),
  )
}

function good(schema: Schema, world: World): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => good(one, world)))
  switch (schema.type) {
    case 'string':
      return strings(schema, world)
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -5, max: schema.maximum ?? 5 })
    case 'number':
      return fc.double({ min: schema.minimum ?? -5, max: schema.maximum ?? 5, noNaN: true })
    case 'array':
      return fc.array(likely(schema.items!, world), { maxLength: (schema.maxItems ?? 5) + 1 })
    case 'object':
      return objects(schema, world)
    default:
      return fc.constant(null)
  }
}

function objects(schema: Schema, world: World): fc.Arbitrary<unknown> {
  const entries = Object.entries(schema.properties ?? {}).map(
    ([name, one]) => [name, likely(one, world)] as const,
  )
  const known = fc.record(Object.fromEntries(entries), {
    requiredKeys: (schema.required ?? []) as never[],
  })
  const extra = fc.dictionary(fc.constantFrom('x', 'toString', 'constructor', '~/', 'id'), junk, {
    maxKeys: 1,
  })
  return fc.oneof(
    { weight: 9, arbitrary: known },
    { weight: 1, arbitrary: fc.tuple(extra, known).map((two) => Object.assign({}, ...two) as object) },
  )
}

/** Mostly what the schema asks for, so that requests get deep; sometimes what nobody should send. */
function likely(schema: Schema, world: World): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 7, arbitrary: good(schema, world) }, { weight: 1, arbitrary: junk })
}

export const inputFor = (schema: object, world: World): fc.Arbitrary<unknown> =>
  likely(schema as Schema, world)

/** Path and query values are text. */
export const objectFor = (schema: object, world: World): fc.Arbitrary<Record<string, unknown>> =>
  objects(schema as Schema, world) as fc.Arbitrary<Record<string, unknown>>
