import { createHash } from 'node:crypto'
import { askJson, createProviderFetch, textOf } from '../fetch.ts'
import { ProviderAway, Refusal, type Provider } from '../provider.ts'
import { baseOf, needed } from './options.ts'

/** 浙里办: the ticket (票据) that a page opened from the app is given. */
export interface ZhelibanOptions {
  readonly kind: 'zheliban'
  /** Of the service as it is registered with the platform (接入代码, 接入密码). */
  readonly serviceCode: string
  readonly serviceSecret: string
  /** `https://appapi.zjzwfw.gov.cn/sso/servlet/` without it. */
  readonly baseUrl?: string
  /** Milliseconds for each question; 5000 at most and without it. */
  readonly timeoutMs?: number
}

/** `20261125032306`, Chinese time. */
const stamp = (now: Date): string =>
  new Date(now.getTime() + 8 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14)

/** What every question carries: code, time, and the MD5 of code, password and time, as the platform prescribes. */
export function signedParams(
  { serviceCode, serviceSecret }: Pick<ZhelibanOptions, 'serviceCode' | 'serviceSecret'>,
  now: Date,
): Record<string, string> {
  const time = stamp(now)
  const sign = createHash('md5').update(`${serviceCode}${serviceSecret}${time}`).digest('hex')
  return { servicecode: serviceCode, time, sign, datatype: 'json' }
}

/** `result` of an answer that went well. */
const fine = '0'

/** The subject is the `userid`, which the real-name sign-in of 浙里办 never changes. */
export function createZheliban(options: ZhelibanOptions, now: () => Date): Provider {
  const base = baseOf(options.baseUrl ?? 'https://appapi.zjzwfw.gov.cn/sso/servlet/')
  needed(options, ['serviceCode', 'serviceSecret'])
  const fetcher = createProviderFetch([base.origin], options.timeoutMs)
  const ask = async (method: string, more: Record<string, string>) => {
    // in the body, so that no ticket stands in the address that proxies write down
    const answer = await askJson(fetcher, new URL('simpleauth', base).href, {
      method: 'POST',
      body: new URLSearchParams({ method, ...signedParams(options, now()), ...more }),
    })
    if (!['string', 'number'].includes(typeof answer['result'])) throw new ProviderAway('shape')
    if (String(answer['result']) !== fine) throw new Refusal('unproven')
    return answer
  }
  return {
    async vouch({ assertion }) {
      const ticket = await ask('ticketValidation', { st: assertion })
      const user = await ask('getUserInfo', { token: textOf(ticket, 'token') })
      return { subject: textOf(user, 'userid'), once: assertion }
    },
  }
}
