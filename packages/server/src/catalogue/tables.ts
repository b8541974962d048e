import type { CatalogueImport, IssueKind, UnitKind } from '@minqing/core'
import type { ColumnType, Generated } from 'kysely'

export interface CategoryTable {
  county: string
  code: string
  /** From the code. */
  parent: ColumnType<string | null, never, never>
  name: string
  /** With the names above it: `城乡建设 / 市政设施 / 路灯`. */
  full_name: string
  kind: IssueKind
  /** `null`: from the kind. */
  days: number | null
  words: string[]
  auto_dispatch: boolean
  active: boolean
  version: Generated<number>
}

export interface CategoryUnitTable {
  county: string
  code: string
  area_code: string
  unit_id: string
}

export interface UnitTable {
  county: string
  id: string
  name: string
  kind: UnitKind
  area_code: string
  email: string | null
  active: boolean
  version: Generated<number>
}

export interface CatalogueImportTable {
  county: string
  id: string
  actor_id: string
  strict: boolean
  state: Generated<CatalogueImport['state']>
  code: string | null
  total: Generated<number>
  done: Generated<number>
  taken: Generated<number>
  rejected_count: Generated<number>
  rejected: ColumnType<CatalogueImport['rejected'], string | undefined, string>
  started_at: Date
  touched_at: Generated<Date>
}

declare module '../database/tables.ts' {
  interface Tables {
    category: CategoryTable
    category_unit: CategoryUnitTable
    unit: UnitTable
    catalogue_import: CatalogueImportTable
  }
}
