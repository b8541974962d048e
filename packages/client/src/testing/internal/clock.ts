/** The server's time: it never goes back, and only `advance` moves one that stands. */
export interface Clock {
  now(): number
  /** Of a change: later than the one before, so that lists have an order. */
  next(): number
  advanceTo(at: number): void
}

export function createClock(source: Date | string | (() => Date) | undefined): Clock {
  const given = typeof source === 'string' ? new Date(source) : source
  if (given instanceof Date && Number.isNaN(given.getTime()))
    throw new TypeError(`now is no moment: ${String(source)}`)
  const base = given instanceof Date ? () => given.getTime() : given ? () => given().getTime() : Date.now
  let ahead = 0
  let last = 0
  const now = () => base() + ahead
  return {
    now,
    next() {
      const at = now()
      if (at <= last) ahead += last + 1 - at
      last = now()
      return last
    },
    advanceTo(at) {
      ahead += Math.max(0, at - now())
    },
  }
}
