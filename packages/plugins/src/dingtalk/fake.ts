import type { DingTalk } from './dd.ts'

export interface FakeDingtalk {
  readonly dd: DingTalk
  /** Names of the calls, in their order. */
  readonly calls: string[]
  /** Calls that fail from now on, as they do when a person says no. */
  readonly refuses: Set<keyof DingTalk>
}

/** A host to test pages with: what a phone with 钉钉 would answer. Codes are by the organization that asks. */
export function fakeDingtalk({ codes = {} }: { codes?: Record<string, string> } = {}): FakeDingtalk {
  const calls: string[] = []
  const refuses = new Set<keyof DingTalk>()
  const answer = <T>(name: keyof DingTalk, value: T): Promise<T> => {
    calls.push(name)
    return refuses.has(name) ? Promise.reject(new Error('no permission')) : Promise.resolve(value)
  }
  return {
    calls,
    refuses,
    dd: {
      ready: (told) => {
        calls.push('ready')
        if (!refuses.has('ready')) setTimeout(told)
      },
      getAuthCode: ({ corpId }) => answer('getAuthCode', { authCode: codes[corpId] }),
      getLocation: () =>
        answer('getLocation', { longitude: '120.580232', latitude: '30.001523', accuracy: '30' }),
      closePage: () => answer('closePage', {}),
    },
  }
}
