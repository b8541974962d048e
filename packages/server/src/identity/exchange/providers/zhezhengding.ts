import { createHmac, randomBytes } from 'node:crypto'
import { createAppToken, secondsOf } from '../app-token.ts'
import { asRecord, askJson, createProviderFetch, textOf } from '../fetch.ts'
import { ProviderAway, Refusal, type Provider } from '../provider.ts'
import { baseOf, needed } from './options.ts'

/** 浙政钉: the authorization code that `dd.getAuthCode` gives a page in the app. */
export interface ZhezhengdingOptions {
  readonly kind: 'zhezhengding'
  readonly appKey: string
  readonly appSecret: string
  /** `https://openplatform-pro.ding.zj.gov.cn` without it. */
  readonly baseUrl?: string
  /** Of this machine, as the platform's whitelist knows it; the platform has to be told one. */
  readonly hostIp?: string
  readonly hostMac?: string
  /** Milliseconds for each question; 5000 at most and without it. */
  readonly timeoutMs?: number
}

/** `2026-11-24T19:23:06.000+08:00`: the platform reads Chinese time. */
const chineseTime = (now: Date): string =>
  new Date(now.getTime() + 8 * 3_600_000).toISOString().replace('Z', '+08:00')

/**
 * What a request is signed by: HMAC-SHA256 over method, time, nonce, path and the parameters in order of their names,
 * one to a line.
 */
export function signRequest(
  options: Pick<ZhezhengdingOptions, 'appKey' | 'appSecret' | 'hostIp' | 'hostMac'>,
  request: { method: string; path: string; params: Readonly<Record<string, string>>; now: Date },
): Record<string, string> {
  const time = chineseTime(request.now)
  const nonce = `${request.now.getTime()}${1000 + (randomBytes(2).readUInt16BE() % 9000)}`
  const pairs = Object.entries(request.params).map(([name, value]) => `${name}=${value}`)
  const lines = [request.method, time, nonce, request.path]
  if (pairs.length > 0) lines.push(pairs.sort().join('&'))
  const signature = createHmac('sha256', options.appSecret).update(lines.join('\n')).digest('base64')
  return {
    'x-hmac-auth-timestamp': time,
    'x-hmac-auth-version': '1.0',
    'x-hmac-auth-nonce': nonce,
    'x-hmac-auth-signature': signature,
    'x-hmac-auth-ip': options.hostIp ?? '127.0.0.1',
    'x-hmac-auth-mac': options.hostMac ?? '00:00:00:00:00:00',
    apikey: options.appKey,
  }
}

/** Both layers of an answer have to say that it went well. */
function contentOf(answer: Record<string, unknown>): Record<string, unknown> | undefined {
  if (typeof answer['success'] !== 'boolean') throw new ProviderAway('shape')
  const content = asRecord(answer['content'])
  return answer['success'] && content?.['success'] === true ? content : undefined
}

/** The subject is the `accountId`. */
export function createZhezhengding(options: ZhezhengdingOptions, now: () => Date): Provider {
  const base = baseOf(options.baseUrl ?? 'https://openplatform-pro.ding.zj.gov.cn')
  needed(options, ['appKey', 'appSecret'])
  const fetcher = createProviderFetch([base.origin], options.timeoutMs)
  const post = async (path: string, params: Record<string, string>) => {
    const url = new URL(path.slice(1), base)
    return askJson(fetcher, url.href, {
      method: 'POST',
      headers: signRequest(options, { method: 'POST', path: url.pathname, params, now: now() }),
      body: new URLSearchParams(params),
    })
  }
  const token = createAppToken(async () => {
    const { appKey: appkey, appSecret: appsecret } = options
    const content = contentOf(await post('/gettoken.json', { appkey, appsecret }))
    if (!content) throw new ProviderAway('status')
    const data = asRecord(content['data'])
    return { token: textOf(data, 'accessToken'), seconds: secondsOf(data?.['expiresIn']) }
  }, now)
  return {
    async vouch({ assertion }) {
      const params = { access_token: await token.get(), auth_code: assertion }
      const content = contentOf(await post('/rpc/oauth2/dingtalk_app_user.json', params))
      if (!content) {
        token.forget()
        throw new Refusal('unproven')
      }
      return { subject: textOf(asRecord(content['data']), 'accountId'), once: assertion }
    },
  }
}
