// Loads the widgets of this version and says who uses them.
import { tokenOf } from './session.js'

const root = document.documentElement

/** @param {{ persona: string, fetch?: typeof fetch }} options */
export async function startWidgets({ persona, fetch: request }) {
  const { cdn } = root.dataset
  await import(new URL(`${cdn}loader.js`, location.href).href)
  globalThis.minqing.configure({
    baseUrl: location.origin,
    locale: root.lang === 'en' ? 'en' : 'zh-CN',
    getToken: (how) => tokenOf(persona, { refresh: how?.refresh, request }),
    ...(request && { fetch: request }),
  })
}
