export { definePlugin, service, stopPlugins, use } from '@minqing/elements/plugins'
import { use, type MinqingPlugins, type Plugin } from '@minqing/elements/plugins'

export type { BrowserOptions } from './browser/browser.ts'
export type { ZhelibanOptions } from './zheliban/zheliban.ts'
export type { ZhezhengdingOptions } from './zhezhengding/zhezhengding.ts'
export type { DingtalkOptions } from './dingtalk/dingtalk.ts'
export type { WechatOptions } from './wechat/wechat.ts'
export type { SmCryptoOptions } from './sm-crypto/sm-crypto.ts'
export type { WatermarkOptions } from './watermark/watermark.ts'

/** Plugins of this package. Each is loaded only when it is used. */
const plugins = {
  browser: async () => (await import('./browser/browser.ts')).browser,
  zheliban: async () => (await import('./zheliban/zheliban.ts')).zheliban,
  zhezhengding: async () => (await import('./zhezhengding/zhezhengding.ts')).zhezhengding,
  dingtalk: async () => (await import('./dingtalk/dingtalk.ts')).dingtalk,
  wechat: async () => (await import('./wechat/wechat.ts')).wechat,
  watermark: async () => (await import('./watermark/watermark.ts')).watermark,
  'sm-crypto': async () => (await import('./sm-crypto/sm-crypto.ts')).smCrypto,
} as const
export type OwnPlugin = keyof typeof plugins

/** Names that can be given to `usePlugin`. */
export const pluginNames = Object.keys(plugins) as OwnPlugin[]

type Options<N extends OwnPlugin> = MinqingPlugins[N]

/**
 * Loads a plugin by its name and uses it. Resolves when it has started, with the way to stop it; like `use` it never
 * rejects: one that cannot be loaded is told in the console.
 */
export async function usePlugin<N extends OwnPlugin>(
  name: N,
  ...[options]: undefined extends Options<N> ? [options?: Options<N>] : [options: Options<N>]
): Promise<() => Promise<void>> {
  const load = plugins[name] as (() => Promise<Plugin<string, unknown>>) | undefined
  try {
    if (!load) throw new Error(`There is no such plugin; there are ${pluginNames.join(', ')}.`)
    return await use(await load(), options)
  } catch (error) {
    console.warn(`minqing plugin ${name}: could not be loaded; the page goes on without it.`, error)
    return () => Promise.resolve()
  }
}
