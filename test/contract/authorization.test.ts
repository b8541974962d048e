import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import {
  inScope,
  methodOf,
  roles,
  scopeOf,
  statusOf,
  type Capability,
  type Grant,
  type Role,
} from '@minqing/core'
import { createTestApp, type TestApp } from '../../packages/server/src/testing/app.ts'
import { Documented, allOperations } from './support/documented.ts'
import { aims, type Outcome } from './support/requests.ts'
import { createWorld, secrets, stateOf, village, type World } from './support/world.ts'

/** Where a caller holds the role: in the village, next door, in another town, in another county. */
const places = ['330683100201', '330683100202', '330683102201', '330604100'] as const

let server: TestApp
let base: string
let documented: Documented
/** Nobody is ever allowed to change this one. */
let world: World
before(async () => {
  server = await createTestApp({ demo: true })
  await server.app.listen({ host: '127.0.0.1', port: 0 })
  base = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`
  documented = new Documented((await server.app.inject('/openapi.json')).json())
  world = await createWorld(server, true)
})
after(() => server.close())

interface Caller {
  sub: string
  role: Role
  area: string
  token: string
}

interface Answer {
  status: number
  /** Absent for a stream. */
  body: string | undefined
}

async function send(
  method: string,
  path: string,
  token: string | undefined,
  body?: object,
  more = {},
): Promise<Answer> {
  const response = await fetch(base + path, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...more,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body!.cancel()
    return { status: response.status, body: undefined }
  }
  return { status: response.status, body: await response.text() }
}

/** What the policy says about a caller: not at all, not there, or within scope. */
function expectedOutcome(id: keyof typeof aims, capability: Capability | null, caller: Caller): Outcome {
  const { author, other, outside } = aims[id]
  const grants: Grant[] = [{ role: caller.role, area: caller.area }]
  // a photo's address carries a ticket; who cannot read has none
  const needed = id === 'photos.file' ? 'diary.read' : capability
  if (needed === null) return other
  const scope = scopeOf(grants, needed)
  if (scope.length === 0) return id === 'photos.file' ? 'ticket_invalid' : 'forbidden'
  if (!inScope(scope, village)) return outside
  return caller.sub === 'author' ? author : other
}

async function ticketOf(caller: Caller): Promise<string> {
  const { body, status } = await send('GET', '/v1/photo-ticket', caller.token)
  return status === 200 ? (JSON.parse(body!) as { ticket: string }).ticket : 'x'.repeat(40)
}

type Entry = (typeof allOperations)[number]

async function check([id, operation]: Entry, caller: Caller, expected: Outcome): Promise<void> {
  const aim = aims[id]
  const succeeds = typeof expected === 'number'
  const target = succeeds && aim.changes ? await createWorld(server) : world
  const ticket = id === 'photos.file' ? await ticketOf(caller) : ''
  const method = methodOf(operation.route)
  const token = operation.capability ? caller.token : undefined
  const answer = await send(method, aim.path(target, ticket), token, aim.body?.(target), aim.headers)
  const who = `${id} as ${caller.role} of ${caller.area} (${caller.sub})`
  assert.equal(answer.status, succeeds ? expected : statusOf(expected), `${who}: ${answer.body}`)
  if (!succeeds) assert.equal((JSON.parse(answer.body!) as { code: string }).code, expected, who)
  documented.check(id, operation, answer.status, answer.body)
  const grants = [{ role: caller.role, area: caller.area }]
  const mayRead = inScope(scopeOf(grants, 'diary.read'), village) || caller.sub === 'author'
  if (!succeeds || !mayRead) {
    for (const secret of Object.values(secrets))
      assert.ok(!answer.body?.includes(secret), `${who} leaks ${secret}`)
  }
}

async function callersOf(role: Role): Promise<Caller[]> {
  const callers: Caller[] = []
  for (const area of places) {
    for (const sub of ['author', 'somebody']) {
      const token = await server.signer.sign({ sub, grants: [{ role, area }] })
      callers.push({ sub, role, area, token })
    }
  }
  return callers
}

describe('who may do what where', () => {
  for (const role of roles) {
    it(`${role}: every operation, own and foreign areas, own and foreign things`, async () => {
      const askAll = async (caller: Caller) => {
        for (const entry of allOperations) {
          await check(entry, caller, expectedOutcome(entry[0], entry[1].capability, caller))
        }
      }
      await Promise.all((await callersOf(role)).map(askAll))
    })
  }

  it('nobody at all gets nothing', async () => {
    for (const [id, operation] of allOperations) {
      if (!operation.capability) continue
      const aim = aims[id]
      const answer = await send(
        methodOf(operation.route),
        aim.path(world, ''),
        undefined,
        aim.body?.(world),
        aim.headers,
      )
      assert.equal(answer.status, 401, id)
    }
  })

  it('is held by the queries alone, should row-level security ever be off; and refusals write nothing', async () => {
    const tables = await server.owner.query<{ name: string }>(
      `select relname as name from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace`,
    )
    for (const { name } of tables.rows)
      await server.owner.query(`alter table ${name} disable row level security`)
    const before = await stateOf(server)
    const failures: string[] = []
    try {
      const askAll = async (caller: Caller) => {
        for (const entry of allOperations) {
          const expected = expectedOutcome(entry[0], entry[1].capability, caller)
          if (typeof expected !== 'string') continue
          await check(entry, caller, expected).catch((error: Error) => failures.push(error.message))
        }
      }
      for (const role of roles) await Promise.all((await callersOf(role)).map(askAll))
      assert.deepEqual(failures, [])
      assert.deepEqual(await stateOf(server), before)
    } finally {
      for (const { name } of tables.rows)
        await server.owner.query(`alter table ${name} enable row level security`)
    }
  })
})
