import type { Wechat } from './wx.ts'

export interface FakeWechat {
  readonly wx: Wechat
  /** Names of the calls, in their order. */
  readonly calls: string[]
  /** Calls that fail from now on; `ready` for a signature that does not hold. */
  readonly refuses: Set<keyof Wechat>
  /** Calls at which the person goes back. */
  readonly cancels: Set<keyof Wechat>
}

/** A host to test pages with: what a phone with 微信 would answer. Photos are base64. */
export function fakeWechat({ photos = [] }: { photos?: string[] } = {}): FakeWechat {
  const calls: string[] = []
  const refuses = new Set<keyof Wechat>()
  const cancels = new Set<keyof Wechat>()
  let tellError: ((problem: { errMsg: string }) => void) | undefined
  const answer = <T>(
    name: keyof Wechat,
    told: { success(found: T): void; fail?(problem: { errMsg: string }): void; cancel?(): void },
    value: T,
  ) => {
    calls.push(name)
    setTimeout(() => {
      if (cancels.has(name)) told.cancel?.()
      else if (refuses.has(name)) told.fail?.({ errMsg: `${name}:fail` })
      else told.success(value)
    })
  }
  return {
    calls,
    refuses,
    cancels,
    wx: {
      ready: (told) =>
        void setTimeout(() => {
          if (refuses.has('ready')) tellError?.({ errMsg: 'config:invalid signature' })
          told()
        }),
      error: (told) => (tellError = told),
      getLocation: (how) =>
        answer('getLocation', how, { longitude: 120.580232, latitude: 30.001523, accuracy: 30 }),
      chooseImage: (how) =>
        answer('chooseImage', how, {
          localIds: photos.slice(0, how.count).map((_, n) => `wxLocalResource://${n}`),
        }),
      getLocalImgData: (how) =>
        answer('getLocalImgData', how, { localData: photos[parseInt(how.localId.slice(18))]! }),
      closeWindow: () => void calls.push('closeWindow'),
    },
  }
}
