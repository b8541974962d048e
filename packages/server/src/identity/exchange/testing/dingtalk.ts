import { randomBytes } from 'node:crypto'
import { Codes, withCodes } from './codes.ts'
import { startFake, type Answered, type Asked, type FakeProvider } from './fake-provider.ts'

const appKey = 'dingsuite7q2x'
const appSecret = 'dingtalk-app-secret-5f1c'

/** oapi.dingtalk.com: `GET /gettoken`, `POST /topapi/v2/user/getuserinfo`. */
export async function fakeDingtalk(timeoutMs: number): Promise<FakeProvider> {
  const codes = new Codes()
  const tokens = new Set<string>()
  const secrets = [appSecret]

  const getToken = ({ query }: Asked): Answered => {
    if (query.get('appkey') !== appKey || query.get('appsecret') !== appSecret)
      return { json: { errcode: 40089, errmsg: '不合法的corpid或corpsecret' } }
    const token = randomBytes(16).toString('hex')
    tokens.add(token)
    secrets.push(token)
    return { json: { errcode: 0, errmsg: 'ok', access_token: token, expires_in: 7200 } }
  }

  const getUserInfo = ({ query, body, method, headers }: Asked): Answered => {
    if (method !== 'POST' || !headers['content-type']?.startsWith('application/json'))
      return { json: { errcode: 43002, errmsg: '需要POST请求' } }
    if (!tokens.has(query.get('access_token') ?? ''))
      return { json: { errcode: 40014, errmsg: '不合法的access_token' } }
    const found = codes.take((JSON.parse(body) as { code?: string }).code, appKey)
    if (found === 'foreign') return { json: { errcode: 40096, errmsg: '不合法的临时授权码' } }
    if (typeof found === 'string') return { json: { errcode: 40078, errmsg: '不存在的临时授权码' } }
    const result = {
      userid: found.subject,
      unionid: `u-${found.subject}`,
      name: '何',
      sys: false,
      sys_level: 0,
    }
    return { json: { errcode: 0, errmsg: 'ok', result, request_id: '4k2j' } }
  }

  const server = await startFake((asked) => {
    if (asked.path === '/gettoken') return getToken(asked)
    if (asked.path === '/topapi/v2/user/getuserinfo') return getUserInfo(asked)
    return { status: 404, json: { errcode: 404 } }
  })
  return withCodes(
    Object.assign(server, {
      options: { kind: 'dingtalk', appKey, appSecret, baseUrl: server.url, timeoutMs } as const,
      secrets,
      assertion: (subject: string) => Promise.resolve({ assertion: codes.give(subject, appKey) }),
      expired: () => Promise.resolve({ assertion: codes.give('manager7', appKey, -1) }),
      foreign: () => Promise.resolve({ assertion: codes.give('manager7', 'another-app') }),
    }),
    codes,
  )
}
