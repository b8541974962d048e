import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Issue } from '@minqing/core'
import { createTestServer, type TestServer } from '../../../../packages/client/src/testing/index.ts'
import { chineseCalendar } from '../../../../packages/server/src/internal/calendar.ts'
import { createTestApp, type TestApp } from '../../../../packages/server/src/testing/app.ts'
import {
  addCatalogue,
  county,
  people,
  type PersonName,
} from '../../../../packages/server/src/testing/circle.ts'

/** Who asks: a person of the circle, or nobody. */
export type Asker = PersonName | 'keeper' | null

const keeper = {
  sub: 'keeper-1',
  name: '管理员',
  title: '管理员',
  grants: [{ role: 'administrator', area: county }],
} as const
/** As the reference server's test tokens name them: who has no title there is a village officer. */
const everybody = Object.fromEntries(
  Object.entries({ ...people, keeper }).map(([name, { sub: id, ...rest }]) => [
    name,
    { id, title: '驻村干部', ...rest },
  ]),
) as Record<
  Exclude<Asker, null>,
  { id: string; name: string; title: string; grants: (typeof people.officer)['grants'] }
>

export interface Answer {
  readonly status: number
  readonly etag: string | null
  readonly body: unknown
}

/** The reference server and the kit with the same people, areas, catalogue, calendar and clock, asked the same. */
export interface Sides {
  readonly app: TestApp
  readonly kit: TestServer
  /** Asks both, compares what they say, and gives it; `why` names the step when they differ. */
  ask(
    who: Asker,
    route: `${string} /${string}`,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>
  /** Lets time pass on both. */
  pass(ms: number): void
  close(): Promise<void>
}

/** What no two servers share: secrets, ids that they draw by themselves, and how they write a place in a list. */
const own: Readonly<Record<string, string>> = { receipt: 'a receipt', next: 'a place', previous: 'a place' }
/** Of problems: the request in the server's log, and words for developers. */
const left = ['instance', 'detail']

/** Similar issues count only on the reference server: a score without them. */
function withoutSimilar(priority: Issue['priority']): object {
  const { reasons, score, override } = priority
  const similar = reasons.find(({ rule }) => rule === 'similar')?.points ?? 0
  return {
    override,
    reasons: reasons.filter(({ rule }) => rule !== 'similar'),
    score: override ? score : score - similar,
  }
}

/** The newest first; of one moment by all they say. */
function byMoment(one: unknown, other: unknown): number {
  const [a, b] = [one, other].map((entry) => `${(entry as { at?: string }).at} ${JSON.stringify(entry)}`) as [
    string,
    string,
  ]
  return a < b ? 1 : -1
}

/** @param inbox whether ids are those of messages */
function comparable(value: unknown, inbox: boolean): unknown {
  if (Array.isArray(value)) {
    const all = value.map((one) => comparable(one, inbox))
    // messages of one moment stand in the order of their ids, which each server makes for itself
    return inbox ? all.sort(byMoment) : all
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([name]) => !left.includes(name))
  return Object.fromEntries(
    entries.map(([name, one]): [string, unknown] => {
      if (name === 'priority') return [name, withoutSimilar(one as Issue['priority'])]
      if (inbox && name === 'id' && 'issue' in value) return [name, 'a message']
      return [name, one !== null && own[name] ? own[name] : comparable(one, inbox)]
    }),
  )
}

/** A Tuesday's noon in Shanghai. */
const begin = Date.parse('2026-11-24T12:00:00+08:00')

export async function createSides(): Promise<Sides> {
  let at = begin
  const clock = () => new Date(at)
  const app = await createTestApp({ clock, anonymousReports: true, clockWorker: false })
  await addCatalogue(app)
  const { rows } = await app.owner.query<{ code: string; name: string }>(
    `select code, name from area where code = '${county}' or code ^@ '330683100' or code ^@ '330683102' order by code`,
  )
  const kit = createTestServer({
    ...{ people: everybody, areas: rows, now: clock, calendar: chineseCalendar },
    catalogue: {
      units: [
        { county, id: 'jianshe', name: '住房和城乡建设局', email: 'jianshe@example.gov.cn' },
        { county, id: 'jiaotong', name: '交通运输局' },
      ],
      categories: [
        { county, code: '01', name: '城乡建设' },
        { county, code: '0103', name: '路灯', words: ['路灯'] },
      ],
    },
  })
  const receipts = new Map<string, string>()

  const askApp = async (
    who: Asker,
    route: `${string} /${string}`,
    body: unknown,
    headers: Record<string, string>,
  ) => {
    const as = who === null ? null : { ...everybody[who], sub: everybody[who].id }
    const answer = await app.ask(route, { as, headers, ...(body === undefined ? {} : { body }) })
    const text = answer.body
    return {
      status: answer.statusCode,
      etag: (answer.headers.etag as string | undefined) ?? null,
      body: text === '' ? null : (JSON.parse(text) as unknown),
    }
  }
  const askKit = async (
    who: Asker,
    route: `${string} /${string}`,
    body: unknown,
    headers: Record<string, string>,
  ) => {
    const [method, path] = route.split(' ', 2) as [string, string]
    const answer = await kit.fetch(kit.baseUrl + path, {
      method,
      headers: {
        ...(who === null ? {} : { authorization: `Bearer ${kit.token(who)}` }),
        ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return {
      status: answer.status,
      etag: answer.headers.get('etag'),
      body: text === '' ? null : (JSON.parse(text) as unknown),
    }
  }
  /** A receipt of the reference server, and the kit's for the same report. */
  const ofKit = (text: string) => [...receipts].reduce((now, [app, kit]) => now.replaceAll(app, kit), text)

  return {
    app,
    kit,
    async ask(who, route, body, headers = {}) {
      at += 1000
      const kitRoute = ofKit(route) as `${string} /${string}`
      const kitBody = body === undefined ? undefined : (JSON.parse(ofKit(JSON.stringify(body))) as unknown)
      const real = await askApp(who, route, body, headers)
      const ours = await askKit(who, kitRoute, kitBody, headers)
      const inbox = route.includes('/v1/inbox')
      const compared = ({ status, body: said, etag }: Answer) => ({
        status,
        body: comparable(said, inbox),
        // of lists and what hardly changes the reference server tells a validator, for caches
        etag: etag !== null && /^"\d+"$/.test(etag) ? etag : null,
      })
      assert.deepEqual(
        compared(ours),
        compared(real),
        `${route} as ${who}: the kit (actual) and the reference server`,
      )
      const [one, two] = [real.body, ours.body] as { receipt?: string }[]
      if (one?.receipt && two?.receipt) receipts.set(one.receipt, two.receipt)
      return real
    },
    pass(ms) {
      at += ms
    },
    async close() {
      await kit.close()
      await app.close()
    },
  }
}
