/** What a command does when it is asked to end: first gently, and at once if asked again. */
export interface Lifetime {
  /** Aborted at the first request to end. */
  readonly signal: AbortSignal
  /** Takes the handlers away, so that the process may end by itself. */
  dispose(): void
}

/**
 * One Ctrl-C arrives several times: the terminal sends it to every process of the group, and npm and run.mjs
 * pass it on as well. Requests this close together (milliseconds) are one.
 */
const ECHO = 700

/**
 * Watches for requests to end: Ctrl-C, SIGTERM, a closed terminal.
 *
 * @param force called if the person asks again while the first request is still being carried out.
 */
export function watchLifetime(force: () => void): Lifetime {
  const controller = new AbortController()
  let firstAt = 0
  const onSignal = () => {
    if (!controller.signal.aborted) {
      firstAt = performance.now()
      controller.abort()
    } else if (performance.now() - firstAt > ECHO) {
      force()
    }
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, onSignal)
  const dispose = () => signals.forEach((signal) => process.off(signal, onSignal))
  return { signal: controller.signal, dispose }
}
