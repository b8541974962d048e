import { createHash } from 'node:crypto'
import { countyOf } from '@minqing/core'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { canonical } from './canonical.ts'
import type { Session, Tx } from './handler.ts'
import { ProblemError } from './problem-error.ts'
import type { Seal } from './sealing.ts'

/** How long a saved reply is replayed. */
export const replayMs = 24 * 3_600_000

/** A reply as it is saved and sent. */
export interface SavedReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

const keyShape = /^[\x21-\x7e]{8,100}$/

/** The request's `Idempotency-Key`. */
export function idempotencyKeyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key']
  if (key === undefined || key === '') throw new ProblemError('idempotency_key_missing')
  if (typeof key === 'string' && keyShape.test(key)) return key
  throw new ProblemError('invalid_input', { fields: [{ path: '/Idempotency-Key', rule: 'pattern' }] })
}

const hashOf = (request: FastifyRequest): Buffer =>
  createHash('sha256').update(`${request.method} ${request.url}\n`).update(canonical(request.body)).digest()

/** A person may hold grants in several counties, in any order: their keys always lie in the first of them. */
const homeOf = (session: Session): string => session.grants.map(({ area }) => countyOf(area)).sort()[0]!

/**
 * Does the work of a POST at most once for each key of a person.
 *
 * The reply is saved in the transaction of the work, so after a crash there are both or neither. A repeated request
 * that arrives while the first is at work is told so by an advisory lock, which a killed server cannot leave behind.
 * Refusals are not saved: nothing was written, and the same key may succeed once the reason is gone.
 *
 * @param work runs in `tx` and answers the reply to save
 * @param seal for a reply that no table may hold in clear text
 * @throws ProblemError `idempotency_in_flight` (409), `idempotency_mismatch` (422)
 */
export async function once(
  tx: Tx,
  call: { session: Session; request: FastifyRequest; now: Date },
  key: string,
  work: () => Promise<SavedReply>,
  seal?: Seal,
): Promise<SavedReply & { replayed: boolean }> {
  const county = homeOf(call.session)
  const actor = call.session.id
  const lock = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${JSON.stringify([county, actor, key])}, 0)) as free`.execute(
    tx,
  )
  if (!lock.rows[0]!.free)
    throw new ProblemError('idempotency_in_flight', { headers: { 'retry-after': '1' } })

  // a statement of its own: its snapshot has to be younger than the lock
  const mine = tx.selectFrom('idempotency_key').where('county', '=', county).where('actor_id', '=', actor)
  const saved = await mine.where('key', '=', key).selectAll().executeTakeFirst()
  const hash = hashOf(call.request)
  if (saved && saved.created_at.getTime() > call.now.getTime() - replayMs) {
    if (!hash.equals(saved.request_hash)) throw new ProblemError('idempotency_mismatch')
    const body = saved.body !== null && seal ? seal.open(saved.body) : saved.body
    return { status: saved.status, headers: saved.headers, body, replayed: true }
  }
  if (saved) {
    const stale = tx.deleteFrom('idempotency_key').where('county', '=', county).where('actor_id', '=', actor)
    await stale.where('key', '=', key).execute()
  }
  const reply = await work()
  await tx
    .insertInto('idempotency_key')
    .values({
      county,
      actor_id: actor,
      key,
      request_hash: hash,
      status: reply.status,
      headers: JSON.stringify(reply.headers),
      body: reply.body !== null && seal ? seal.close(reply.body) : reply.body,
      created_at: call.now,
    })
    .execute()
  return { ...reply, replayed: false }
}
