import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { accessOf, methodOf, opens, roles, statusOf, type Capability } from '@minqing/core'
import { createTestApp, type TestApp } from '../../packages/server/src/testing/app.ts'
import { ofVillage } from './support/aims/aim.ts'
import { callersOf, keptFrom, type Caller } from './support/callers.ts'
import { Documented, allOperations } from './support/documented.ts'
import { aims, type Aim, type Outcome } from './support/requests.ts'
import { createWorld, freshFor, importEnds, secrets, stateOf, type World } from './support/world.ts'

let server: TestApp
let base: string
let documented: Documented
/** Nobody is ever allowed to change this one. */
let world: World
before(async () => {
  server = await createTestApp({ demo: true, anonymousReports: true })
  await server.app.listen({ host: '127.0.0.1', port: 0 })
  base = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`
  documented = new Documented((await server.app.inject('/openapi.json')).json())
  world = await createWorld(server)
})
after(() => server.close())

interface Answer {
  status: number
  /** Absent for a stream. */
  body: string | undefined
}

type Entry = (typeof allOperations)[number]
const needs = (operation: Entry[1]) => methodOf(operation.route) === 'POST'

async function openStream(path: string, headers: Record<string, string>): Promise<Answer> {
  const response = await fetch(base + path, { headers })
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body!.cancel()
    return { status: response.status, body: undefined }
  }
  return { status: response.status, body: await response.text() }
}

/** Asks; an event stream over the network, since it never ends by itself. */
async function send([id, operation]: Entry, to: World, token?: string, ticket = ''): Promise<Answer> {
  const aim: Aim = aims[id]
  const path = aim.path(to, ticket)
  const headers = {
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(needs(operation) ? { 'idempotency-key': randomUUID() } : {}),
    ...aim.headers?.(to),
  }
  if (id === 'live.stream') return openStream(path, headers)
  const body = aim.body?.(to)
  const answer = await server.app.inject({
    ...{ method: methodOf(operation.route), url: path, headers },
    ...(body ? { payload: body } : {}),
  })
  return { status: answer.statusCode, body: answer.body }
}

/** What the policy says about a caller: not at all, not there, or within reach. */
function expectedOutcome(id: Entry[0], capability: Capability | null, caller: Caller): Outcome {
  const { author, other, outside, holds = ofVillage, by } = aims[id] as Aim
  // a photo's address carries a ticket; who cannot read has none
  const needed = id === 'photos.file' ? 'diary.read' : capability
  if (needed === null) return other
  if (!opens(accessOf(caller.grants, needed))) return id === 'photos.file' ? 'ticket_invalid' : 'forbidden'
  const held = (by ?? [needed]).some((one) => holds(accessOf(caller.grants, one), caller))
  if (!held) return outside
  return caller.sub === 'author' ? author : other
}

async function ticketOf(caller: Caller): Promise<string> {
  const entry = allOperations.find(([id]) => id === 'photos.ticket')!
  const { body, status } = await send(entry, world, caller.token)
  return status === 200 ? (JSON.parse(body!) as { ticket: string }).ticket : 'x'.repeat(40)
}

/** Of what can be under way only once, one after the other. */
let turn = Promise.resolve()
function alone<T>(work: () => Promise<T>): Promise<T> {
  const done = turn.then(work)
  turn = done.then(
    () => undefined,
    () => undefined,
  )
  return done
}

async function ask(entry: Entry, caller: Caller, succeeds: boolean): Promise<Answer> {
  const [id, operation] = entry
  const aim: Aim = aims[id]
  const target = succeeds && aim.changes ? await freshFor(server, world, aim) : world
  const ticket = id === 'photos.file' ? await ticketOf(caller) : ''
  const token = operation.capability ? caller.token : undefined
  const request = () => send(entry, target, token, ticket)
  if (!aim.alone || !succeeds) return request()
  return alone(async () => {
    const answer = await request()
    await importEnds(server, (JSON.parse(answer.body!) as { id: string }).id)
    return answer
  })
}

async function check(entry: Entry, caller: Caller, expected: Outcome): Promise<void> {
  const [id, operation] = entry
  const succeeds = typeof expected === 'number'
  const answer = await ask(entry, caller, succeeds)
  const who = `${id} as ${caller.role} of ${caller.unit ?? ''} ${caller.area} (${caller.sub})`
  assert.equal(
    answer.status,
    succeeds ? expected : statusOf(expected),
    `${who}: ${answer.body?.slice(0, 300)}`,
  )
  if (!succeeds) assert.equal((JSON.parse(answer.body!) as { code: string }).code, expected, who)
  documented.check(id, operation, answer.status, answer.body)
  const shown: string[] = succeeds && id === 'issues.showContact' ? [secrets.phone] : []
  const kept = succeeds ? keptFrom(caller) : Object.values(secrets)
  for (const secret of kept) {
    assert.equal(Boolean(answer.body?.includes(secret)), shown.includes(secret), `${who} leaks ${secret}`)
  }
}

/** What needs no token is the same for all: one caller of each role is enough. */
const isAsked = ([id, operation]: Entry, caller: Caller, nth: number): boolean =>
  operation.capability !== null || id === 'photos.file' || (nth === 0 && caller.sub === 'author')

describe('who may do what where', () => {
  for (const role of roles) {
    it(`${role}: every operation, own and foreign areas and units, own and foreign things`, async () => {
      const askAll = async (caller: Caller, nth: number) => {
        for (const entry of allOperations.filter((one) => isAsked(one, caller, nth))) {
          await check(entry, caller, expectedOutcome(entry[0], entry[1].capability, caller))
        }
      }
      await Promise.all((await callersOf(server, role)).map(askAll))
    })
  }

  it('nobody at all gets nothing', async () => {
    for (const entry of allOperations) {
      if (!entry[1].capability) continue
      const answer = await send(entry, world)
      assert.equal(answer.status, 401, entry[0])
    }
  })

  it('is held by the queries alone, should row-level security ever be off; and refusals write nothing', async () => {
    const found = await server.owner.query<{ name: string }>(
      `select relname as name from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace
      order by 1`,
    )
    const tables = found.rows.map(({ name }) => name)
    for (const name of tables) await server.owner.query(`alter table ${name} disable row level security`)
    const before = await stateOf(server, tables)
    const failures: string[] = []
    try {
      const askAll = async (caller: Caller) => {
        for (const entry of allOperations) {
          const expected = expectedOutcome(entry[0], entry[1].capability, caller)
          if (typeof expected !== 'string') continue
          await check(entry, caller, expected).catch((error: Error) => failures.push(error.message))
        }
      }
      for (const role of roles) await Promise.all((await callersOf(server, role)).map(askAll))
      assert.deepEqual(failures, [])
      assert.deepEqual(await stateOf(server, tables), before)
    } finally {
      for (const name of tables) await server.owner.query(`alter table ${name} enable row level security`)
    }
  })
})
