/** Below this the device's clock counts as right: the header has whole seconds, and an answer takes its time. */
const toleranceMs = 60_000

/** The time as the server has it, as far as is known. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /**
   * Takes the `Date` of an answer.
   *
   * @param sentAt when it was asked for, by the device's clock
   */
  learn(date: string | null, sentAt: number): void
}

/**
 * Nothing is kept: a clock that is wrong today may be right tomorrow. Each answer measures anew, so that one that is set
 * while the page is open does no harm for long.
 *
 * @param device the device's clock
 * @param onSkew told what has to be added to the device's clock, whenever that changes by more than a second
 */
export function createClock(device: () => number, onSkew?: (skewMs: number) => void): Clock {
  let skew = 0
  return {
    now: () => device() + skew,
    learn(date, sentAt) {
      const server = Date.parse(date ?? '')
      const trip = device() - sentAt
      // Set while the request was under way, or so slow that it says little.
      if (Number.isNaN(server) || trip < 0 || trip > toleranceMs) return
      const measured = server + 500 - sentAt - trip / 2
      const now = Math.abs(measured) < toleranceMs ? 0 : measured
      if (Math.abs(now - skew) <= 1000) return
      skew = now
      onSkew?.(skew)
    },
  }
}
