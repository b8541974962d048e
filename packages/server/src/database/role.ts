import type { ClientBase, DatabaseError } from 'pg'
import { DatabaseProblem } from './problem.ts'

/** The role that the application works under: it cannot log in, owns nothing, and row-level security binds it. */
export const appRole = 'minqing_app'

const sqlState = (error: unknown): string | undefined => (error as DatabaseError | undefined)?.code
const insufficientPrivilege = '42501'

/** Roles belong to the whole cluster, so another database may be making the same one at this moment. */
const madeByAnother = new Set(['42710', '23505'])
const concurrentlyUpdated = 'XX000'

async function createRole(client: ClientBase, user: string): Promise<void> {
  const found = await client.query<{ free: boolean }>(
    'select rolsuper or rolbypassrls as free from pg_roles where rolname = $1',
    [appRole],
  )
  if (found.rows[0]?.free) {
    throw new DatabaseProblem(
      `The role ${appRole} may bypass row-level security: run "alter role ${appRole} nosuperuser nobypassrls" first.`,
    )
  }
  if (found.rows[0]) return
  try {
    await client.query(`create role ${appRole} nologin`)
  } catch (error) {
    if (madeByAnother.has(sqlState(error) ?? '')) return
    if (sqlState(error) !== insufficientPrivilege) throw error
    throw new DatabaseProblem(
      `The database user ${user} may not create roles: run "create role ${appRole} nologin; ` +
        `grant ${appRole} to ${user}" as an administrator, then start again.`,
    )
  }
}

async function mayBecome(client: ClientBase): Promise<boolean> {
  try {
    await client.query(`set role ${appRole}`)
    await client.query('reset role')
    return true
  } catch (error) {
    if (sqlState(error) === insufficientPrivilege) return false
    throw error
  }
}

async function join(client: ClientBase, user: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(`grant ${appRole} to current_user`)
      return
    } catch (error) {
      if (sqlState(error) === concurrentlyUpdated && attempt < 5) continue
      if (sqlState(error) !== insufficientPrivilege) throw error
      throw new DatabaseProblem(
        `The database user ${user} may not act as ${appRole}: run "grant ${appRole} to ${user}" as an ` +
          'administrator, then start again.',
      )
    }
  }
}

/**
 * Makes the application's role, where it is missing, and lets the current user take it. Not a migration, because a
 * restored database may come to a cluster without the role.
 *
 * @throws DatabaseProblem when the user's rights do not suffice, or the role could see past row-level security
 */
export async function ensureAppRole(client: ClientBase): Promise<void> {
  const user = (await client.query<{ user: string }>('select quote_ident(current_user) as user')).rows[0]!
    .user
  await createRole(client, user)
  if (!(await mayBecome(client))) await join(client, user)
}
