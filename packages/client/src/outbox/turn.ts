import { sleep } from '../internal/abort.ts'
import { newId } from '../internal/id.ts'
import type { OutboxStore } from './store-contract.ts'

/**
 * Lets one tab at a time send. Only speed and order hang on it: two senders at once would still not make two
 * diaries, because the server knows the id and the idempotency key.
 */
export type TakeTurn = (work: () => Promise<void>) => Promise<void>

/**
 * By the Web Locks API: released by the browser when the tab dies.
 *
 * @param otherwise how, where the browser has locks and refuses them: with storage blocked, in a sandboxed frame
 */
export function webLockTurn(
  locks: LockManager,
  name: string,
  closed: AbortSignal,
  otherwise: TakeTurn,
): TakeTurn {
  return async (work) => {
    let isMine = false
    try {
      await locks.request(name, { signal: closed }, () => {
        isMine = true
        return work()
      })
    } catch (error) {
      // The client was closed while it waited for its turn.
      if (closed.aborted) return
      if (isMine) throw error
      await otherwise(work)
    }
  }
}

/** Takes turns in the best way that there is here. */
export function createTurn(
  store: OutboxStore,
  name: string,
  closed: AbortSignal,
  now: () => number,
): TakeTurn {
  const lease = leaseTurn(store, name, closed, now)
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks
  return locks ? webLockTurn(locks, name, closed, lease) : lease
}

interface Lease {
  holder: string
  until: number
}

const leaseMs = 15_000

/**
 * By a lease in the store, for pages without Web Locks (plain http, old kernels). The holder renews it; a dead
 * holder's lease runs out.
 */
export function leaseTurn(
  store: OutboxStore,
  name: string,
  closed: AbortSignal,
  now: () => number,
): TakeTurn {
  const holder = newId()

  const take = async (): Promise<boolean> => {
    let mine = false
    await store.changeFact(name, (value) => {
      const lease = value as Lease | undefined | null
      // A lease that ends too far ahead was written before the clock was set back.
      const held = lease && lease.holder !== holder && lease.until > now() && lease.until <= now() + leaseMs
      mine = !held
      return mine ? ({ holder, until: now() + leaseMs } satisfies Lease) : undefined
    })
    return mine
  }
  const leave = () =>
    store.changeFact(name, (value) => ((value as Lease | null)?.holder === holder ? null : undefined))

  return async (work) => {
    while (!(await take())) {
      if (closed.aborted) return
      await sleep(1000, closed)
    }
    const renewal = setInterval(() => void take().catch(() => undefined), leaseMs / 3)
    try {
      await work()
    } finally {
      clearInterval(renewal)
      await leave().catch(() => undefined)
    }
  }
}
