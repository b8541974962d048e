import { definePlugin } from '@minqing/elements/plugins'
import { photoFromBase64 } from '../internal/base64.ts'
import { whenReady } from '../internal/ready.ts'
import type { GovDingTalk } from './dd.ts'

export type { GovDingTalk } from './dd.ts'

export interface ZhezhengdingOptions {
  /** The page's `dd` unless told. */
  dd?: GovDingTalk
  /** Of the organization whose people sign in. Without it, no sign-on is offered. */
  corpId?: string
}

declare module '@minqing/elements/plugins' {
  interface MinqingPlugins {
    zhezhengding: ZhezhengdingOptions | undefined
  }
}

/** 浙政钉: sign-on code, position, photos and the way out. */
export const zhezhengding = definePlugin<'zhezhengding', ZhezhengdingOptions | undefined>({
  name: 'zhezhengding',
  async setup({ offer, signal, warn }, options = {}) {
    const { corpId, dd = (globalThis as { dd?: GovDingTalk }).dd } = options
    if (!dd) return warn('dd is not on this page; what it offers is left to the browser.')
    try {
      await whenReady((told) => dd.ready(told), signal)
    } catch (error) {
      return signal.aborted
        ? undefined
        : warn('dd did not get ready; what it offers is left to the browser.', error)
    }
    if (corpId !== undefined) {
      offer('signIn', async () => {
        const { code, auth_code: authCode = code } = await dd.getAuthCode({ corpId })
        if (!authCode) throw new Error('The host gave no code.')
        return { provider: 'zhezhengding', code: authCode }
      })
    }
    offer('locate', async () => {
      const found = await dd.getGeolocation({
        targetAccuracy: 200,
        coordinate: 1,
        withReGeocode: false,
        useCache: false,
      })
      if (found.errorCode) throw new Error(`${found.errorCode} ${found.errorMessage ?? ''}`)
      const { longitude, latitude, accuracy } = found
      return { longitude, latitude, ...(accuracy === undefined ? {} : { accuracy }), system: 'gcj02' }
    })
    offer('pickPhotos', async ({ max, camera }) => {
      const { apFilePaths = [] } = await dd.chooseLocalImage({
        count: max,
        sourceType: camera ? ['camera'] : ['camera', 'album'],
      })
      const photos: File[] = []
      // one after the other: nine photos as text at once would take a phone's memory
      for (const filePath of apFilePaths.slice(0, max)) {
        const { base64 } = await dd.readImageToBase64({ filePath })
        photos.push(photoFromBase64(base64, photos.length + 1))
      }
      return photos
    })
    offer('close', async () => {
      await dd.closePage({})
    })
  },
})
