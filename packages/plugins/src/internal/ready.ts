/** A bridge that says nothing for this long is not there. */
const patienceMs = 10_000

/**
 * Waits until a bridge calls back. Rejects when it does not in time, or when the plugin goes.
 *
 * @param onReady the bridge's own way to tell
 */
export function whenReady(
  onReady: (told: () => void) => void,
  signal: AbortSignal,
  withinMs: number = patienceMs,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (act: () => void) => () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', gone)
      act()
    }
    const gone = end(() => reject(new Error('The plugin was stopped.')))
    const timer = setTimeout(
      end(() => reject(new Error('The host did not get ready in time.'))),
      withinMs,
    )
    if (signal.aborted) return gone()
    signal.addEventListener('abort', gone)
    onReady(end(resolve))
  })
}
