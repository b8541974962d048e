/** Counts failures by key within a window that begins with the first of them. */
export interface Attempts {
  /** Seconds until the key may try again; 0 when it may now. Counts nothing. */
  wait(key: string): number
  /** Counts one failure. */
  failed(key: string): void
}

/** Keys remembered at once; beyond them the oldest is forgotten, so that nobody can fill the memory. */
const mostKeys = 50_000

/**
 * Makes a counter that bounds guessing: it is asked before the answer is looked for, so that after too many failures
 * not even a right guess learns anything.
 *
 * @param now milliseconds of a clock that never goes back
 */
export function createAttempts(most: number, windowMs: number, now = () => performance.now()): Attempts {
  const counts = new Map<string, { failures: number; until: number }>()
  const current = (key: string) => {
    const found = counts.get(key)
    if (!found || found.until > now()) return found
    counts.delete(key)
    return undefined
  }
  return {
    wait(key) {
      const found = current(key)
      return found && found.failures >= most ? Math.ceil((found.until - now()) / 1000) : 0
    },
    failed(key) {
      const found = current(key)
      if (found) found.failures++
      else {
        if (counts.size >= mostKeys) counts.delete(counts.keys().next().value!)
        counts.set(key, { failures: 1, until: now() + windowMs })
      }
    },
  }
}
