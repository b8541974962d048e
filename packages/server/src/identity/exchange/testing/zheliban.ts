import { createHash, randomBytes } from 'node:crypto'
import { Codes, withCodes } from './codes.ts'
import { startFake, type Answered, type FakeProvider } from './fake-provider.ts'

const serviceCode = 'szminqing'
const serviceSecret = 'zheliban-service-secret-77d0'

function isSigned(form: URLSearchParams): boolean {
  const time = form.get('time') ?? ''
  if (!/^\d{14}$/.test(time)) return false
  const [, year, month, day, hour, minute, second] = /^(....)(..)(..)(..)(..)(..)$/.exec(time)!
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`)
  const sign = createHash('md5').update(`${serviceCode}${serviceSecret}${time}`).digest('hex')
  return (
    Math.abs(at - Date.now()) < 10 * 60_000 &&
    form.get('servicecode') === serviceCode &&
    form.get('sign') === sign
  )
}

const failure = (result: string, errmsg: string): Answered => ({ json: { result, errmsg } })

/** The single sign-on of 浙里办: `simpleauth` with the methods `ticketValidation` and `getUserInfo`. */
export async function fakeZheliban(timeoutMs: number): Promise<FakeProvider> {
  const codes = new Codes()
  const tokens = new Map<string, string>()
  const secrets = [serviceSecret]

  const validate = (form: URLSearchParams): Answered => {
    const found = codes.take(form.get('st'), serviceCode)
    if (typeof found === 'string') return failure('6003', '票据无效或已过期')
    const token = randomBytes(16).toString('hex')
    tokens.set(token, found.subject)
    secrets.push(token)
    return { json: { result: '0', errmsg: '成功', token, userid: found.subject, loginname: 'hexy' } }
  }

  const userInfo = (form: URLSearchParams): Answered => {
    const userid = tokens.get(form.get('token') ?? '')
    if (userid === undefined) return failure('6005', '令牌无效')
    const idnum = '330683197001010014'
    return { json: { result: '0', errmsg: '成功', userid, username: '何秀英', idnum, mobile: '13900000000' } }
  }

  const server = await startFake(({ path, query, body }) => {
    const form = new URLSearchParams([...query, ...new URLSearchParams(body)])
    if (path !== '/sso/servlet/simpleauth') return { status: 404, json: {} }
    if (!isSigned(form) || form.get('datatype') !== 'json') return failure('6001', '签名错误')
    if (form.get('method') === 'ticketValidation') return validate(form)
    if (form.get('method') === 'getUserInfo') return userInfo(form)
    return failure('6000', '方法不存在')
  })
  const baseUrl = `${server.url}/sso/servlet/`
  return withCodes(
    Object.assign(server, {
      options: { kind: 'zheliban', serviceCode, serviceSecret, baseUrl, timeoutMs } as const,
      secrets,
      assertion: (subject: string) => Promise.resolve({ assertion: codes.give(subject, serviceCode) }),
      expired: () => Promise.resolve({ assertion: codes.give('u330', serviceCode, -1) }),
      foreign: () => Promise.resolve({ assertion: codes.give('u330', 'another-service') }),
    }),
    codes,
  )
}
