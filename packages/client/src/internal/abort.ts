import { clientError } from '../errors.ts'

/** A controller that ends with any of the signals. `AbortSignal.any` is younger than our oldest browsers. */
export function linked(...signals: (AbortSignal | null | undefined)[]): {
  controller: AbortController
  unlink(): void
} {
  const controller = new AbortController()
  const abort = () => controller.abort()
  for (const signal of signals) {
    if (signal?.aborted) abort()
    else signal?.addEventListener('abort', abort)
  }
  const unlink = () => signals.forEach((signal) => signal?.removeEventListener('abort', abort))
  return { controller, unlink }
}

/** Settles as `work` does, or rejects with `aborted` as soon as the signal says so. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work
  return new Promise((resolve, reject) => {
    const abort = () => reject(clientError('aborted'))
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort)
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** Waits; ends early, without an error, when the signal aborts. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    if (signal?.aborted) end()
    else signal?.addEventListener('abort', end)
  })
}
