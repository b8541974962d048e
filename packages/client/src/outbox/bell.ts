/** Tells the other tabs that the entries have changed. */
export interface Bell {
  ring(): void
  close(): void
}

const pollMs = 5_000

/** Where the browser lets a page keep nothing, it may refuse a channel, too. */
function channelOf(name: string): BroadcastChannel | undefined {
  try {
    return typeof BroadcastChannel === 'function' ? new BroadcastChannel(name) : undefined
  } catch {
    return undefined
  }
}

/** By BroadcastChannel; where there is none, every tab looks again every five seconds while it is shown. */
export function createBell(name: string, onRing: () => void): Bell {
  const channel = channelOf(name)
  if (channel) {
    channel.onmessage = onRing
    // In Node a channel would keep the process alive.
    ;(channel as { unref?: () => void }).unref?.()
    return { ring: () => channel.postMessage('changed'), close: () => channel.close() }
  }
  const timer = setInterval(() => {
    if (typeof document === 'undefined' || document.visibilityState === 'visible') onRing()
  }, pollMs)
  return { ring: () => undefined, close: () => clearInterval(timer) }
}
