import type { GovDingTalk } from './dd.ts'

export interface FakeZhezhengding {
  readonly dd: GovDingTalk
  /** Names of the calls, in their order. */
  readonly calls: string[]
  /** Calls that fail from now on, as they do when a person says no. */
  readonly refuses: Set<keyof GovDingTalk>
}

export interface FakeZhezhengdingOptions {
  /** By the organization that asks. */
  codes?: Record<string, string>
  /** In GCJ-02. */
  position?: { longitude: number; latitude: number; accuracy?: number }
  /** Base64 of what the person picks. */
  photos?: string[]
}

/** A host to test pages with: what a phone with 浙政钉 would answer. */
export function fakeZhezhengding(options: FakeZhezhengdingOptions = {}): FakeZhezhengding {
  const { codes = {}, photos = [] } = options
  const position = options.position ?? { longitude: 120.580232, latitude: 30.001523, accuracy: 30 }
  const calls: string[] = []
  const refuses = new Set<keyof GovDingTalk>()
  const answer = <T>(name: keyof GovDingTalk, make: () => T): Promise<T> => {
    calls.push(name)
    return refuses.has(name) ? Promise.reject(new Error('no permission')) : Promise.resolve(make())
  }
  return {
    calls,
    refuses,
    dd: {
      ready: (told) => {
        calls.push('ready')
        if (!refuses.has('ready')) setTimeout(told)
      },
      getAuthCode: ({ corpId }) => answer('getAuthCode', () => ({ auth_code: codes[corpId] })),
      getGeolocation: () => answer('getGeolocation', () => ({ ...position, errorCode: 0 })),
      chooseLocalImage: ({ count }) =>
        answer('chooseLocalImage', () => ({
          apFilePaths: photos.slice(0, count).map((_, n) => `https://resource/${n}.image`),
        })),
      readImageToBase64: ({ filePath }) =>
        answer('readImageToBase64', () => ({ base64: photos[parseInt(filePath.slice(17))]! })),
      closePage: () => answer('closePage', () => ({})),
    },
  }
}
