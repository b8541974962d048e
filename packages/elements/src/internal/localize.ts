import type { Locale } from '../configure.ts'

export { msg, str, updateWhenLocaleChanges } from '@lit/localize'

let active: Locale = 'zh-CN'
let pending: Promise<void> | undefined

/** The language that is shown now, for `Intl`. */
export const locale = (): Locale => active

/** Resolves when the wanted language can be shown; `undefined` when it is shown already. */
export const localeReady = (): Promise<void> | undefined => pending

/**
 * Chinese is in the code, so a page in Chinese never loads the rest of @lit/localize. It knows one language per page:
 * the last one set wins.
 */
export function setLocale(wanted: Locale): void {
  if (wanted === active) return
  active = wanted
  const change = import('./locale-runtime.ts')
    .then((runtime) => runtime.setLocale(wanted))
    .catch((error: unknown) => console.warn('minqing: the language could not be loaded', error))
    .then(() => {
      if (pending === change) pending = undefined
    })
  pending = change
}
