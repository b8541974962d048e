import { definePlugin } from '@minqing/elements/plugins'
import { photoFromBase64 } from '../internal/base64.ts'
import { whenReady } from '../internal/ready.ts'
import type { Wechat } from './wx.ts'

export type { Wechat } from './wx.ts'

export interface WechatOptions {
  /** The page's `wx` unless told. The page itself calls `wx.config` with its signature. */
  wx?: Wechat
}

declare module '@minqing/elements/plugins' {
  interface MinqingPlugins {
    wechat: WechatOptions | undefined
  }
}

const failed = (reject: (error: Error) => void) => (problem: { errMsg: string }) =>
  reject(new Error(problem.errMsg))

const read = (wx: Wechat, localId: string): Promise<string> =>
  new Promise((resolve, reject) => {
    wx.getLocalImgData({ localId, success: ({ localData }) => resolve(localData), fail: failed(reject) })
  })

const choose = (wx: Wechat, count: number, camera: boolean): Promise<string[]> =>
  new Promise((resolve, reject) => {
    wx.chooseImage({
      count,
      sizeType: ['original', 'compressed'],
      sourceType: camera ? ['camera'] : ['album', 'camera'],
      success: ({ localIds }) => resolve(localIds),
      cancel: () => resolve([]),
      fail: failed(reject),
    })
  })

/** 微信: position, photos and the way out. It signs people in by going to another address, so not here. */
export const wechat = definePlugin<'wechat', WechatOptions | undefined>({
  name: 'wechat',
  async setup({ offer, signal, warn }, options = {}) {
    const { wx = (globalThis as { wx?: Wechat }).wx } = options
    if (!wx) return warn('wx is not on this page; what it offers is left to the browser.')
    try {
      let refused: string | undefined
      await whenReady((told) => {
        wx.error(({ errMsg }) => {
          refused = errMsg
          told()
        })
        wx.ready(told)
      }, signal)
      if (refused !== undefined) throw new Error(refused)
    } catch (error) {
      if (signal.aborted) return
      return warn('wx.config did not hold; what wx offers is left to the browser.', error)
    }
    offer(
      'locate',
      () =>
        new Promise((resolve, reject) => {
          wx.getLocation({
            type: 'wgs84',
            success: ({ longitude, latitude, accuracy }) =>
              resolve({ longitude, latitude, accuracy, system: 'wgs84' }),
            cancel: () => reject(new Error('The person refused.')),
            fail: failed(reject),
          })
        }),
    )
    offer('pickPhotos', async ({ max, camera }) => {
      const photos: File[] = []
      // one after the other: wx answers only one such call at a time
      for (const localId of (await choose(wx, max, camera)).slice(0, max)) {
        photos.push(photoFromBase64(await read(wx, localId), photos.length + 1))
      }
      return photos
    })
    offer('close', () => wx.closeWindow())
  },
})
