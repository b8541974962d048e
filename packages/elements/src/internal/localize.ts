import type { Locale } from '../configure.ts'

// Not from the package's index: it carries the whole runtime, which a page in Chinese does not need.
export { msg } from '@lit/localize/init/install.js'
export { str } from '@lit/localize/internal/str-tag.js'
export { updateWhenLocaleChanges } from '@lit/localize/internal/localized-controller.js'

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
export function setLocale(wished: string): void {
  // `en-US` of a framework is English; what is unknown is Chinese.
  const wanted: Locale = /^en/i.test(wished) ? 'en' : 'zh-CN'
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
