import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { OperationId } from '@minqing/core'
import {
  createClient,
  isMinqingError,
  newId,
  type Client,
  type LiveMessage,
  type LiveReset,
} from '../index.ts'
import { memoryStore } from '../outbox/testing/memory-store.ts'
import { coveredOperations, createTestServer, uncoveredOperations } from './index.ts'

const village = '330683100201'
const county = '330683'
const people = {
  officer: { name: '陈立军', title: '驻村干部', grants: [{ role: 'villageOfficer', area: village }] },
  leader: { name: '周正平', grants: [{ role: 'leader', area: county }] },
  dispatcher: { name: '徐敏', grants: [{ role: 'dispatcher', area: county }] },
  builder: { name: '孙建国', grants: [{ role: 'handler', area: county, unit: 'zhujian' }] },
} as const
/** A Tuesday's noon in Shanghai. */
const noon = '2026-11-24T12:00:00+08:00'

/** A server whose clients end with the test, however it ends. */
function open(t: TestContext, options: { now?: string } = {}) {
  const server = createTestServer({ people, ...options })
  const clients: Client[] = []
  t.after(async () => {
    await Promise.all(clients.map((client) => client.close()))
    await server.close()
  })
  const as = (name: keyof typeof people, baseUrl?: string) => {
    const client = createClient({
      baseUrl: baseUrl ?? server.baseUrl,
      ...(baseUrl === undefined ? { fetch: server.fetch } : {}),
      getToken: server.getToken(name),
      outbox: { store: memoryStore(), name: newId(), autoFlush: false },
    })
    clients.push(client)
    return client
  }
  return { server, as }
}

async function until(what: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 200 && !what(); attempt++) await new Promise((r) => setTimeout(r, 10))
  assert.ok(what(), 'in 2 s')
}

const diary = (text: string) => ({ id: newId(), area: village, kind: 'visit' as const, text })

test('a diary waits in the outbox while there is no network, arrives once, and is told live', async (t) => {
  const { server, as } = open(t)
  const [officer, leader] = [as('officer'), as('leader')]
  const heard: (LiveMessage | LiveReset)[] = []
  const states: string[] = []
  leader.live.on('*', (event) => heard.push(event), { area: county })
  leader.live.onState(({ status }) => states.push(status), { area: county })
  await until(() => states.includes('open'))

  server.offline(true)
  await until(() => states.includes('waiting'))
  await officer.outbox.enqueue({ area: village, kind: 'visit', text: '山里写的 #香榧' })
  await officer.outbox.flush()
  assert.equal(officer.outbox.state.pending.length, 1)
  assert.equal(officer.outbox.state.lastError?.code, 'offline')

  server.offline(false)
  await officer.outbox.flush()
  assert.equal(officer.outbox.state.pending.length, 0)
  const { items } = await leader.diaries.list({ area: county }).page()
  assert.deepEqual(
    items.map(({ text, tags }) => [text, tags]),
    [['山里写的 #香榧', ['香榧']]],
  )
  // the stream comes back by itself and goes on where it was
  await until(() => heard.length === 1)
  assert.equal(heard[0]!.type, 'diary.created')
})

test('live events go on after an id, and one that the server does not know means: read again', async (t) => {
  const { as } = open(t)
  const officer = as('officer')
  for (const text of ['一', '二']) await officer.diaries.create(diary(text))
  const heard: string[] = []
  officer.live.on('diary.created', ({ diary: told }) => heard.push(told!.text), {
    area: village,
    lastEventId: '1-1',
  })
  await until(() => heard.length === 1)
  assert.deepEqual(heard, ['二'])
  const resets: string[] = []
  const other = as('officer')
  other.live.on('reset', ({ area }) => resets.push(area), { area: village, lastEventId: '1-99' })
  await until(() => resets.length === 1)
})

test('a line that cannot stream asks for the same events', async (t) => {
  const { server, as } = open(t)
  const [first, second] = [diary('一'), diary('二')]
  for (const one of [first, second]) await as('officer').diaries.create(one)
  const fetch = Object.assign((...request: Parameters<typeof server.fetch>) => server.fetch(...request), {
    streams: false,
  })
  const leader = createClient({ baseUrl: server.baseUrl, fetch, getToken: server.getToken('leader') })
  t.after(() => leader.close())
  const heard: (string | undefined)[] = []
  leader.live.on('diary.created', (event) => heard.push(event.diary?.id), {
    area: county,
    lastEventId: '1-1',
  })
  await until(() => heard.length === 1)
  assert.deepEqual(heard, [second.id])
  const resets: string[] = []
  leader.live.on('reset', ({ area }) => resets.push(area), { area: village, lastEventId: '1-99' })
  await until(() => resets.length === 1)
})

test('a photo is sent in parts, belongs to its diary, and its address opens with a ticket', async (t) => {
  const { server, as } = open(t)
  const officer = as('officer')
  const png = new Uint8Array(700_000)
  png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  new DataView(png.buffer).setUint32(16, 640)
  new DataView(png.buffer).setUint32(20, 480)
  const photo = await officer.photos.upload(new Blob([png], { type: 'image/png' }), { area: village })
  assert.deepEqual([photo.width, photo.height], [640, 480])
  assert.deepEqual(
    server.calls
      .filter(({ operation }) => operation === 'uploads')
      .map(({ method, status }) => [method, status]),
    [
      ['POST', 201],
      ['PATCH', 204],
      ['PATCH', 204],
    ],
  )
  const written = await officer.diaries.create({ ...diary('有图'), photos: [photo.id] })
  assert.deepEqual(written.photos, [photo])
  const file = await server.fetch(await officer.photos.url(photo.id, 'full'))
  assert.equal((await file.arrayBuffer()).byteLength, png.length)
  const again = officer.diaries.create({ ...diary('又一篇'), photos: [photo.id] })
  await assert.rejects(again, (error) => isMinqingError(error, 'photo_unknown'))
  const text = officer.photos.upload(new Blob(['no picture']), { area: village })
  await assert.rejects(text, (error) => isMinqingError(error, 'photo_not_an_image'))
})

test('clocks run with tick: a warning, a breach, and tokens that expire', async (t) => {
  const { server, as } = open(t, { now: noon })
  const [officer, dispatcher, builder] = [as('officer'), as('dispatcher'), as('builder')]
  const { id, version } = await officer.issues.create({ id: newId(), area: village, text: '路灯不亮' })
  const triaged = await dispatcher.issues.triage({ id, category: '0101' }, { version })
  await dispatcher.issues.dispatch({ id, lead: { unit: 'zhujian' } }, { version: triaged.version })
  const stale = server.token('builder')
  assert.equal(server.tick(20 * 3_600_000), 1, 'three quarters of the day to accept have passed')
  assert.deepEqual(
    (await builder.inbox.list({}).page()).items.map(({ type }) => type),
    ['dueSoon', 'assigned'],
  )
  assert.ok(server.tick(30 * 86_400_000) > 3)
  const issue = await dispatcher.issues.get({ id })
  assert.equal(issue.residentClock.alarm, 5)
  const { items } = await dispatcher.issues.timeline({ id })
  assert.deepEqual(
    items.map(({ at }) => at),
    items.map(({ at }) => at).toSorted(),
  )
  assert.equal(server.now().toISOString().slice(0, 10), '2026-12-25')
  const answer = await server.fetch('/v1/me', { headers: { authorization: `Bearer ${stale}` } })
  assert.equal(((await answer.json()) as { code: string }).code, 'token_expired')
})

test('failures, own answers and calls, by operation', async (t) => {
  const { server, as } = open(t)
  const officer = as('officer')
  const mend = server.fail('areas.get', { code: 'forbidden', detail: '测试' }, { times: 1 })
  await assert.rejects(officer.areas.get({ code: village }), (error) => isMinqingError(error, 'forbidden'))
  assert.equal((await officer.areas.get({ code: village })).name, '东王村')
  mend()
  server.fail('*', { code: 'rate_limited', retryAfter: 600 })()
  assert.equal((await officer.me.get()).id, 'officer')

  const back = server.answer('areas.get', ({ code }) => ({ code, name: '无级别' }))
  await assert.rejects(officer.areas.get({ code: village }), (error) => {
    assert.ok(isMinqingError(error, 'internal'))
    assert.match(error.detail!, /areas\.get answered what its schema does not allow: .*\/level required/)
    return true
  })
  back()
  const leader = as('leader')
  await leader.diaries.create(diary('越级'))
  assert.deepEqual(
    server.calls.map(({ operation, person, status, code }) => [operation, person, status, code]),
    [
      ['areas.get', undefined, 403, 'forbidden'],
      ['areas.get', 'officer', 200, undefined],
      ['me.get', 'officer', 200, undefined],
      ['areas.get', 'officer', 500, 'internal'],
      ['diaries.create', 'leader', 201, undefined],
    ],
  )
  assert.equal((server.calls.at(-1)!.body as { text: string }).text, '越级')
})

test('what is not covered says so by its name, and can be answered by the test', async () => {
  assert.deepEqual(
    uncoveredOperations.filter((id) => (coveredOperations as readonly OperationId[]).includes(id)),
    [],
  )
  const server = createTestServer({
    people: { keeper: { grants: [{ role: 'administrator', area: county }] } },
    baseUrl: 'https://portal.example/minqing/',
  })
  const keeper = createClient({
    baseUrl: server.baseUrl,
    fetch: server.fetch,
    getToken: server.getToken('keeper'),
  })
  const file = btoa('code,name\n')
  const tried = keeper.catalogue.import({ id: newId(), county, file })
  await assert.rejects(tried, (error) => {
    assert.ok(isMinqingError(error, 'unavailable'))
    assert.match(error.detail!, /catalogue\.import is not covered/)
    return true
  })
  server.answer('catalogue.import', ({ id }) => ({
    ...{ id, state: 'done', code: null, total: 1, done: 1, taken: 1, rejectedCount: 0, rejected: [] },
    startedAt: server.now().toISOString(),
  }))
  assert.equal((await keeper.catalogue.import({ id: newId(), county, file })).state, 'done')
  await Promise.all([keeper.close(), server.close()])
})

test('a refused call leaves nothing behind, and a repeated one happens once', async (t) => {
  const { as } = open(t, { now: noon })
  const [officer, dispatcher] = [as('officer'), as('dispatcher')]
  const input = { id: newId(), area: village, text: '同一件' }
  const idempotencyKey = newId()
  const first = await officer.issues.create(input, { idempotencyKey })
  assert.deepEqual(await officer.issues.create(input, { idempotencyKey }), first)
  await assert.rejects(officer.issues.create({ ...input, text: '另一件' }, { idempotencyKey }), (error) =>
    isMinqingError(error, 'idempotency_mismatch'),
  )
  const wrong = dispatcher.issues.dispatch({ id: input.id, lead: { unit: 'zhujian' } }, { version: 1 })
  await assert.rejects(wrong, (error) => isMinqingError(error, 'action_unavailable'))
  assert.equal((await dispatcher.issues.get({ id: input.id })).version, 1)
  assert.equal((await dispatcher.inbox.count()).unread, 1)
})

test('listens on a port when it is asked to, and waits as long as a bad network does', async (t) => {
  const { server, as } = open(t)
  const { url } = await server.listen()
  const mq = as('officer', url)
  server.latency(60)
  const began = performance.now()
  assert.equal((await mq.me.get()).name, '陈立军')
  assert.ok(performance.now() - began >= 50)
  server.latency(0)
  const heard: string[] = []
  const states: string[] = []
  mq.live.on('diary.created', ({ diary: told }) => heard.push(told!.text), { area: village })
  mq.live.onState(({ status }) => states.push(status), { area: village })
  await until(() => states.includes('open'))
  await mq.diaries.create(diary('经过端口'))
  await until(() => heard.includes('经过端口'))
  await mq.close()
  await server.close()
  await assert.rejects(fetch(url), TypeError)
})

test('a moment that is none, a person whom nobody knows and time that runs back are refused at once', (t) => {
  assert.throws(() => createTestServer({ people, now: 'yesterday' }), TypeError)
  const { server } = open(t)
  assert.throws(() => server.token('nobody' as 'officer'), RangeError)
  assert.throws(() => server.tick(-1), RangeError)
})
