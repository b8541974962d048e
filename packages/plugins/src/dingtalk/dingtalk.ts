import { definePlugin } from '@minqing/elements/plugins'
import { whenReady } from '../internal/ready.ts'
import type { DingTalk } from './dd.ts'

export type { DingTalk } from './dd.ts'

export interface DingtalkOptions {
  /** The page's `dd` unless told. */
  dd?: DingTalk
  /** Of the organization whose people sign in. Without it, no sign-on is offered. */
  corpId?: string
}

declare module '@minqing/elements/plugins' {
  interface MinqingPlugins {
    dingtalk: DingtalkOptions | undefined
  }
}

/** 钉钉: sign-on code, position and the way out. Photos are picked by its browser. */
export const dingtalk = definePlugin<'dingtalk', DingtalkOptions | undefined>({
  name: 'dingtalk',
  async setup({ offer, signal, warn }, options = {}) {
    const { corpId, dd = (globalThis as { dd?: DingTalk }).dd } = options
    if (!dd) return warn('dd is not on this page; what it offers is left to the browser.')
    try {
      await whenReady((told) => dd.ready(told), signal)
    } catch (error) {
      if (signal.aborted) return
      return warn('dd did not get ready; what it offers is left to the browser.', error)
    }
    if (corpId !== undefined) {
      offer('signIn', async () => {
        const { authCode, code = authCode } = await dd.getAuthCode({ corpId })
        if (!code) throw new Error('The host gave no code.')
        return { provider: 'dingtalk', code }
      })
    }
    offer('locate', async () => {
      const { longitude, latitude, accuracy } = await dd.getLocation({
        type: 1,
        useCache: false,
        coordinate: '1',
        cacheTimeout: 0,
        withReGeocode: false,
        targetAccuracy: '200',
      })
      return {
        longitude: Number(longitude),
        latitude: Number(latitude),
        accuracy: Number(accuracy),
        system: 'gcj02',
      }
    })
    offer('close', async () => {
      await dd.closePage({})
    })
  },
})
