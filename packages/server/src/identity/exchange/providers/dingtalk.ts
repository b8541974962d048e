import { createAppToken, secondsOf } from '../app-token.ts'
import { asRecord, askJson, createProviderFetch, textOf } from '../fetch.ts'
import { ProviderAway, Refusal, type Provider } from '../provider.ts'
import { baseOf, needed } from './options.ts'

/** DingTalk (钉钉): the code of `dd.requestAuthCode` of an app that an organization made for itself. */
export interface DingtalkOptions {
  readonly kind: 'dingtalk'
  readonly appKey: string
  readonly appSecret: string
  /** `https://oapi.dingtalk.com` without it. */
  readonly baseUrl?: string
  /** Milliseconds for each question; 5000 at most and without it. */
  readonly timeoutMs?: number
}

/** `errcode` of a code that never was, was used or has expired; of one that belongs to another app. */
const codeUnknown = 40078
const codeForeign = 40096
/** Busy (-1), too many questions: says nothing about the code. */
const busy = new Set([-1, 88, 90002, 90018])

/** The subject is the `userid`, which names a person within the organization. */
export function createDingtalk(options: DingtalkOptions, now: () => Date): Provider {
  const base = baseOf(options.baseUrl ?? 'https://oapi.dingtalk.com')
  needed(options, ['appKey', 'appSecret'])
  const fetcher = createProviderFetch([base.origin], options.timeoutMs)
  const token = createAppToken(async () => {
    const query = new URLSearchParams({ appkey: options.appKey, appsecret: options.appSecret })
    const answer = await askJson(fetcher, `${base.href}gettoken?${query}`)
    if (answer['errcode'] !== 0) throw new ProviderAway('status')
    return { token: textOf(answer, 'access_token'), seconds: secondsOf(answer['expires_in']) }
  }, now)
  return {
    async vouch({ assertion }) {
      const query = new URLSearchParams({ access_token: await token.get() })
      const answer = await askJson(fetcher, `${base.href}topapi/v2/user/getuserinfo?${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code: assertion }),
      })
      const code = answer['errcode']
      if (typeof code !== 'number') throw new ProviderAway('shape')
      if (busy.has(code)) throw new ProviderAway('status')
      if (code !== 0) {
        if (code !== codeUnknown) token.forget()
        throw new Refusal(code === codeUnknown ? 'expired' : code === codeForeign ? 'foreign' : 'unproven')
      }
      return { subject: textOf(asRecord(answer['result']), 'userid'), once: assertion }
    },
  }
}
