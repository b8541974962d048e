import { advise } from './advice.ts'
import { inTime } from './in-time.ts'

/** Some private windows and WebViews never answer. A form must not wait for its draft for long. */
const patienceMs = 3_000

/**
 * Opens what this device keeps; `undefined` where it keeps nothing (storage blocked or full, private windows), which is
 * said to the integrator, once. What opens too late is closed.
 */
export async function ifKept<S extends { close(): void }>(
  open: () => Promise<S>,
  withinMs: number = patienceMs,
): Promise<S | undefined> {
  const opening = open()
  try {
    return await inTime(opening, withinMs)
  } catch (error) {
    opening.then(
      (late) => late.close(),
      () => undefined,
    )
    advise(
      'this browser keeps nothing on this device (IndexedDB is blocked or full); there are no drafts, and nothing waits without network.',
      error,
    )
    return undefined
  }
}
