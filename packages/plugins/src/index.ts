export { definePlugin, service, stopPlugins, use } from '@minqing/elements/plugins'
import { use, type MinqingPlugins, type Plugin } from '@minqing/elements/plugins'

export type { BrowserOptions } from './browser/browser.ts'
export type { ZhelibanOptions } from './zheliban/zheliban.ts'
export type { ZhezhengdingOptions } from './zhezhengding/zhezhengding.ts'
export type { DingtalkOptions } from './dingtalk/dingtalk.ts'
export type { WechatOptions } from './wechat/wechat.ts'
export type { SmCryptoOptions } from './sm-crypto/sm-crypto.ts'
export type { WatermarkOptions } from './watermark/watermark.ts'
export type { TiandituOptions } from './tianditu/tianditu.ts'
export type { DictationOptions } from './dictation/dictation.ts'

/** Plugins of this package. Each is loaded only when it is used. */
const plugins = {
  browser: async () => (await import('./browser/browser.ts')).browser,
  zheliban: async () => (await import('./zheliban/zheliban.ts')).zheliban,
  zhezhengding: async () => (await import('./zhezhengding/zhezhengding.ts')).zhezhengding,
  dingtalk: async () => (await import('./dingtalk/dingtalk.ts')).dingtalk,
  wechat: async () => (await import('./wechat/wechat.ts')).wechat,
  watermark: async () => (await import('./watermark/watermark.ts')).watermark,
  tianditu: async () => (await import('./tianditu/tianditu.ts')).tianditu,
  dictation: async () => (await import('./dictation/dictation.ts')).dictation,
  'sm-crypto': async () => (await import('./sm-crypto/sm-crypto.ts')).smCrypto,
} as const
export type OwnPlugin = keyof typeof plugins

/** Names that can be given to `usePlugin`. */
export const pluginNames = Object.keys(plugins) as OwnPlugin[]

type Options<N extends OwnPlugin> = MinqingPlugins[N]

/**
 * Loads a plugin by its name and uses it. Resolves when it has started, with the way to stop it; like `use` it never
 * rejects: one that there is not, or that cannot be loaded, is told in the console.
 */
export async function usePlugin<N extends OwnPlugin>(
  name: N,
  ...[options]: undefined extends Options<N> ? [options?: Options<N>] : [options: Options<N>]
): Promise<() => Promise<void>> {
  const load = plugins[name] as (() => Promise<Plugin<string, unknown>>) | undefined
  if (!load) {
    console.warn(`minqing plugin ${name}: there is no such plugin; there are ${pluginNames.join(', ')}.`)
    return () => Promise.resolve()
  }
  // Known to the page from now on: stopped while its code is on the way, it does not start.
  const own: Plugin<N, unknown> = {
    name,
    async setup(context, given) {
      const { setup } = await load()
      return context.signal.aborted ? undefined : setup(context, given)
    },
  }
  return use(own, options)
}
