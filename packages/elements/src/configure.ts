/** Languages of the widgets. */
export type Locale = 'zh-CN' | 'en'

/** What a page says once for all its widgets. Attributes of a widget go before it. */
export interface Configuration {
  /** Origin (and path prefix) of the server: `https://mq.example.gov.cn`. Without it, the page's own origin. */
  baseUrl?: string
  /**
   * Answers with a fresh token of the person who is signed in, from the host's back end. `refresh` is true when the last
   * one was refused: do not answer from a cache then.
   */
  getToken?: (how: { refresh: boolean }) => string | Promise<string>
  /** Address on the host, called with its cookies, that answers `{ "token": "…" }` or a bare token. */
  tokenUrl?: string
  /** One language for all widgets of the page. */
  locale?: Locale
  /** Larger text and targets, for older eyes and fingers. */
  elder?: boolean
  /** `auto` follows the system. */
  theme?: 'auto' | 'light' | 'dark'
  /** Used for every request, where a page needs its own (a proxy, a test of a cut line). */
  fetch?: typeof fetch
}

/** Absent after `destroy`: then widgets rest. */
let current: Configuration | undefined = {}
const listeners = new Set<() => void>()

/** @internal Has every widget look again at what it goes by. */
export const changed = (): void => listeners.forEach((listener) => listener())

/**
 * Says how all widgets of this page reach the server and how they look. May be called again, before or after widgets
 * exist; what is left out stays as it was.
 *
 * @example configure({ baseUrl: 'https://mq.example.gov.cn', getToken: () => fetch('/mq-token').then((r) => r.text()) })
 */
export function configure(configuration: Configuration): void {
  current = { ...current, ...configuration }
  changed()
}

/**
 * Takes all widgets of this page down, and forgets what was configured: they end requests, live connections, locks and
 * timers, and show nothing, although their tags stay. The next `configure` brings them back. What waits to be sent
 * stays on the device.
 */
export function destroy(): void {
  current = undefined
  changed()
}

/** @internal `undefined` after `destroy`. */
export const configuration = (): Readonly<Configuration> | undefined => current

/** @internal Tells changes until the returned function is called. */
export function onConfigure(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
