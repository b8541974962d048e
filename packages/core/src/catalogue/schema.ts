import Type, { type Static } from 'typebox'
import { AreaCode } from '../areas/schema.ts'
import { Instant, Uuid, named, nullable, oneOf } from '../internal/shapes.ts'
import { UnitId } from '../issues/flow-schema.ts'
import { CategoryCode } from '../issues/schema.ts'
import { issueKinds } from '../issues/words.ts'
import { catalogueLimits, unitKinds } from './rules.ts'

const Name = Type.String({ minLength: 1, maxLength: catalogueLimits.name, pattern: '\\S' })
const County = Type.String({ pattern: '^\\d{6}$', description: 'Code of a county' })

/** 派单目录: one category, and the unit that takes it in each area. */
const categoryContent = {
  name: Name,
  kind: oneOf(issueKinds),
  /** Working days until the resident has an answer; from the kind when absent. */
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
  /** Words by which the category is suggested; `水*发黄` is both parts in this order within one sentence. */
  words: Type.Array(Type.String({ minLength: 1, maxLength: catalogueLimits.word, pattern: '\\S' }), {
    maxItems: catalogueLimits.words,
    uniqueItems: true,
  }),
  /** Which unit takes it where; the longest area that holds the issue's decides. */
  units: Type.Array(named('CategoryUnit', { area: AreaCode, unit: UnitId }), {
    maxItems: catalogueLimits.assignments,
  }),
  /** Dispatches by itself when the suggestion is certain; off unless an administrator turns it on [I15]. */
  autoDispatch: Type.Boolean(),
  active: Type.Boolean(),
}
export const Category = named('Category', {
  county: County,
  code: CategoryCode,
  parent: nullable(CategoryCode),
  ...categoryContent,
  days: Type.Integer({ minimum: 1 }),
  version: Type.Integer({ minimum: 1 }),
})
export type Category = Static<typeof Category>
/** The version that the editor has seen: another one answers `version_conflict`. Without it the last one to save wins. */
const seenVersion = { version: Type.Optional(Type.Integer({ minimum: 1 })) }
export const CategoryChange = named('CategoryChange', { county: County, ...categoryContent, ...seenVersion })
export type CategoryChange = Static<typeof CategoryChange>

const unitContent = {
  name: Name,
  kind: oneOf(unitKinds),
  /** Where it works. */
  area: AreaCode,
  /** Where notices go besides the inbox. */
  email: Type.Optional(Type.String({ format: 'email', maxLength: 120 })),
  active: Type.Boolean(),
}
export const Unit = named('Unit', {
  county: County,
  id: UnitId,
  ...unitContent,
  version: Type.Integer({ minimum: 1 }),
})
export type Unit = Static<typeof Unit>
export const UnitChange = named('UnitChange', { county: County, ...unitContent, ...seenVersion })
export type UnitChange = Static<typeof UnitChange>

/**
 * CSV with a header: `code,name,kind,days,words,area,unit,unitName`, in UTF-8 (with or without BOM) or GBK; Chinese
 * headers are understood, too. One line for each category and area; words are joined by `|`. Lines after a category's
 * first may leave its name, kind, days and words empty. A unit that there is not yet is made when the line names it.
 */
export const NewImport = named('NewCatalogueImport', {
  id: Uuid,
  county: County,
  /** The file as base64. */
  file: Type.String({
    minLength: 4,
    maxLength: Math.ceil(catalogueLimits.file / 3) * 4,
    pattern: '^[A-Za-z0-9+/]+={0,2}$',
  }),
  /** Takes all rows or none. */
  strict: Type.Optional(Type.Boolean()),
})
export type NewImport = Static<typeof NewImport>

export const CatalogueImport = named('CatalogueImport', {
  id: Uuid,
  state: oneOf(['running', 'done', 'failed'] as const),
  /** Why it failed: a problem's code. */
  code: nullable(Type.String()),
  total: Type.Integer({ minimum: 0 }),
  done: Type.Integer({ minimum: 0 }),
  taken: Type.Integer({ minimum: 0 }),
  rejectedCount: Type.Integer({ minimum: 0 }),
  /** The first of the rejected rows: their line in the file, the column, and why. */
  rejected: Type.Array(
    named('RejectedRow', {
      line: Type.Integer({ minimum: 1 }),
      column: Type.String(),
      /** `missing`, `shape`, `unknownArea`, `outOfScope`, `unknownParent`, `unknownKind`, `unknownUnit`, `duplicate`. */
      rule: Type.String(),
      value: Type.String(),
    }),
  ),
  startedAt: Instant,
})
export type CatalogueImport = Static<typeof CatalogueImport>
