import { createHmac, randomBytes } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Grant } from '@minqing/core'

/** Somebody who is signed in at the host. */
export interface Person {
  sub: string
  name: string
  title: string
  grants: Grant[]
}

export const village = '330683100201'
export const nextVillage = '330683100202'

const officer = (sub: string, name: string, area: string): Person => ({
  sub,
  name,
  title: '驻村干部',
  grants: [{ role: 'villageOfficer', area }],
})

const person = (sub: string, name: string, title: string, grant: Grant): Person => ({
  ...{ sub, name, title },
  grants: [grant],
})

/** People of the tests; a test may change their grants, as a transfer to another village does. */
export const people = {
  chen: officer('chen', '陈立军', village),
  li: officer('li', '李春燕', '330683102201'),
  wang: officer('wang', '王小芳', nextVillage),
  resident: person('resident', '张阿婆', '村民', { role: 'resident', area: village }),
  dispatcher: person('dispatcher', '周敏', '分派中心', { role: 'dispatcher', area: '330683' }),
  housing: person('housing', '钱海', '住建局', { role: 'handler', area: '330683', unit: 'zhujian' }),
  transport: person('transport', '孙路', '交通局', { role: 'handler', area: '330683', unit: 'jiaotong' }),
  leader: person('leader', '吴市长', '市领导', { role: 'leader', area: '330683' }),
}
export type PersonName = keyof typeof people

/** A portal of a department on an origin of its own, with a back end that signs tokens and a strict policy. */
export interface Host {
  readonly origin: string
  readonly secret: string
  /** Who is signed in, as the host's back end knows them at this moment. */
  readonly people: Record<PersonName, Person>
  /** Set once the reference server is up: pages take the widgets from there. */
  serve(serverUrl: string): void
  /** @param widgets tags that the page embeds; those of the diary unless told */
  page(as: PersonName, widgets?: string): string
  close(): Promise<void>
}

const policy = (url: string) =>
  [
    "default-src 'none'",
    `script-src ${url}`,
    "style-src 'self'",
    `connect-src 'self' ${url}`,
    `img-src data: ${url}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ')

const diaryWidgets = '<mq-diary-composer></mq-diary-composer>\n    <mq-diary-feed></mq-diary-feed>'

const page = (url: string, version: string, as: string, widgets: string) => `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>部门网站</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/site.css" />
    <script type="module" src="${url}/cdn/${version}/loader.js" data-token-url="/mq-token?as=${as}"></script>
  </head>
  <body>
    ${widgets}
  </body>
</html>
`

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

function sign(secret: string, person: Person, origin: string, now: number): string {
  const iat = Math.floor(now / 1000)
  const claims = { ...person, aud: 'minqing', iat, exp: iat + 900, origins: [origin] }
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

/** @param clock of the host's back end; it has to agree with the server's */
export async function startHost(version: string, clock: () => number = Date.now): Promise<Host> {
  const secret = randomBytes(32).toString('hex')
  const now = structuredClone(people)
  let serverUrl = ''
  let origin = ''
  const send = (response: ServerResponse, type: string, body: string, headers: Record<string, string> = {}) =>
    response
      .writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store', ...headers })
      .end(body)
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://host.invalid')
    const as = searchParams.get('as') as PersonName
    if (pathname === '/mq-token')
      send(response, 'application/json', JSON.stringify({ token: sign(secret, now[as], origin, clock()) }))
    else if (pathname === '/site.css')
      send(response, 'text/css', 'body { margin: 16px auto; max-width: 720px }')
    else if (pathname === '/')
      send(response, 'text/html', page(serverUrl, version, as, searchParams.get('widgets') ?? diaryWidgets), {
        'content-security-policy': policy(serverUrl),
      })
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    secret,
    people: now,
    serve: (url) => (serverUrl = url),
    page: (as, widgets) =>
      `${origin}/?as=${as}${widgets === undefined ? '' : `&widgets=${encodeURIComponent(widgets)}`}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
