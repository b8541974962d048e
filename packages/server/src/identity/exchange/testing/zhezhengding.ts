import { createHmac, randomBytes } from 'node:crypto'
import { Codes, withCodes } from './codes.ts'
import { startFake, type Answered, type Asked, type FakeProvider } from './fake-provider.ts'

const appKey = 'minqing-7Q2x'
const appSecret = 'zhezhengding-app-secret-9ab2'

/** How far the time in a request may be from the platform's. */
const windowMs = 15 * 60_000

/** Checks headers and signature as the open platform describes them, from the request as it came. */
function isSigned({ method, path, headers, body }: Asked, seen: Set<string>): boolean {
  const { apikey } = headers
  const [time, nonce, signature] = ['timestamp', 'nonce', 'signature'].map((name) =>
    String(headers[`x-hmac-auth-${name}`]),
  ) as [string, string, string]
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$/.test(time) || seen.has(nonce)) return false
  if (Math.abs(Date.parse(time) - Date.now()) > windowMs) return false
  if (!headers['x-hmac-auth-ip'] || !headers['x-hmac-auth-mac'] || headers['x-hmac-auth-version'] !== '1.0')
    return false
  seen.add(nonce)
  const params = [...new URLSearchParams(body)].map(([name, value]) => `${name}=${value}`).sort()
  const text = `${method}\n${time}\n${nonce}\n${path}\n${params.join('&')}`
  return apikey === appKey && signature === createHmac('sha256', appSecret).update(text).digest('base64')
}

const failure = (responseMessage: string, responseCode = '4000001'): Answered => ({
  json: { success: true, content: { success: false, responseMessage, responseCode, data: null } },
})
const success = (data: object): Answered => ({
  json: { success: true, content: { data, success: true, responseMessage: 'OK', responseCode: '0' } },
})

/** The open platform of 浙政钉: `POST /gettoken.json`, `POST /rpc/oauth2/dingtalk_app_user.json`. */
export async function fakeZhezhengding(timeoutMs: number): Promise<FakeProvider> {
  const codes = new Codes()
  const tokens = new Set<string>()
  const nonces = new Set<string>()
  const secrets = [appSecret]

  const getToken = (form: URLSearchParams): Answered => {
    if (form.get('appkey') !== appKey || form.get('appsecret') !== appSecret) return failure('应用不存在')
    const accessToken = `app_${randomBytes(12).toString('hex')}`
    tokens.add(accessToken)
    secrets.push(accessToken)
    return success({ accessToken, expiresIn: 7200 })
  }

  const getUser = (form: URLSearchParams): Answered => {
    if (!tokens.has(form.get('access_token') ?? '')) return failure('access_token无效')
    const found = codes.take(form.get('auth_code'), appKey)
    if (typeof found === 'string') return failure('auth_code无效或已过期')
    return success({
      accountId: Number(found.subject),
      lastName: '何',
      account: 'hexy',
      employeeCode: 'GE_7q2',
      tenantId: 196729,
      realmId: 196729,
      namespace: 'local',
    })
  }

  const server = await startFake((asked) => {
    if (asked.method !== 'POST' || !isSigned(asked, nonces))
      return { status: 403, json: { success: false, code: 'InvalidSignature' } }
    const form = new URLSearchParams(asked.body)
    if (asked.path === '/gettoken.json') return getToken(form)
    if (asked.path === '/rpc/oauth2/dingtalk_app_user.json') return getUser(form)
    return { status: 404, json: { success: false } }
  })
  return withCodes(
    Object.assign(server, {
      options: { kind: 'zhezhengding', appKey, appSecret, baseUrl: server.url, timeoutMs } as const,
      secrets,
      assertion: (subject: string) => Promise.resolve({ assertion: codes.give(subject, appKey) }),
      expired: () => Promise.resolve({ assertion: codes.give('196729', appKey, -1) }),
      foreign: () => Promise.resolve({ assertion: codes.give('196729', 'another-app') }),
    }),
    codes,
  )
}
