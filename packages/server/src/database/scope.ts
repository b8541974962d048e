import { CompiledQuery, Kysely, PostgresAdapter, PostgresDriver, PostgresQueryCompiler } from 'kysely'
import { PostgresIntrospector, type DatabaseConnection, type Dialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Tables } from './tables.ts'

/** What row-level security lets a transaction see: subtrees of areas, the issues of units, the things of one person. */
export interface Guard {
  /** Area codes; empty sees no area. */
  readonly scope: readonly string[]
  /** Units as `county/unit`; without them none. */
  readonly units?: readonly string[]
  /** Id of the person; empty is nobody. */
  readonly actor: string
}

export type Transact = <T>(guard: Guard, work: (tx: Transaction<Tables>) => Promise<T>) => Promise<T>

/** Begins a transaction with its guard: one message, and no moment at which the guard is missing. */
export function beginGuarded(guard: Guard): string {
  const scope = pg.escapeLiteral(guard.scope.join(','))
  const actor = pg.escapeLiteral(guard.actor)
  const units = pg.escapeLiteral((guard.units ?? []).join(','))
  return (
    `begin; select set_config('mq.scope', ${scope}, true), set_config('mq.actor', ${actor}, true), ` +
    `set_config('mq.units', ${units}, true)`
  )
}

/** Opens a transaction together with its guard: one round trip, and no moment at which the guard is missing. */
class GuardedDriver extends PostgresDriver {
  readonly #begin: string
  constructor(pool: pg.Pool, guard: Guard) {
    super({ pool })
    this.#begin = beginGuarded(guard)
  }
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(this.#begin))
  }
}

const adapter = new PostgresAdapter()
const compiler = new PostgresQueryCompiler()

const guardedDialect = (pool: pg.Pool, guard: Guard): Dialect => ({
  createDriver: () => new GuardedDriver(pool, guard),
  createAdapter: () => adapter,
  createQueryCompiler: () => compiler,
  createIntrospector: (db) => new PostgresIntrospector(db),
})

/**
 * Makes the only way to a transaction: with a guard. The settings are local to the transaction, so that a pooled
 * connection carries nothing over to the next caller.
 */
export const transactions =
  (pool: pg.Pool): Transact =>
  (guard, work) =>
    new Kysely<Tables>({ dialect: guardedDialect(pool, guard) }).transaction().execute(work)
