import type { AreaLevel } from '@minqing/core'
import type { ColumnType, Generated } from 'kysely'

/** One area of the tree; read-only to the application. */
export interface AreaTable {
  /** The county part of the code, or the whole code above the county. */
  county: string
  code: string
  name: string
  level: AreaLevel
  parent: string | null
}

/** The saved reply to one POST. */
export interface IdempotencyKeyTable {
  county: string
  actor_id: string
  key: string
  /** SHA-256 of method, address and body. */
  request_hash: Buffer
  status: number
  headers: ColumnType<Record<string, string>, string, never>
  body: string | null
  created_at: Generated<Date>
}

/**
 * The columns of every table, for kysely. Each feature adds its own by declaration merging:
 * `declare module '../database/tables.ts' { interface Tables { diary: DiaryTable } }`.
 */
export interface Tables {
  area: AreaTable
  idempotency_key: IdempotencyKeyTable
}
