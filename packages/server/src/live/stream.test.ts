import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  gridWorker,
  leader,
  neighborVillage,
  otherTown,
  startTwoServers,
  village,
  type TwoServers,
} from './testing/servers.ts'
import type { Received } from './testing/stream.ts'

const diaryIds = (events: Received[]) =>
  events
    .filter(({ event }) => event === 'diary.removed')
    .map(({ data }) => (JSON.parse(data) as { diaryId: string }).diaryId)

describe('event stream', () => {
  let two: TwoServers
  before(async () => {
    two = await startTwoServers()
  })
  after(() => two.close())

  test('tells on every server what was written through any', async () => {
    const readers = [await two.stream(0, { area: '330683' }), await two.stream(1, { area: '330683' })]
    for (const reader of readers) await reader.until('ready')
    const id = await two.append(village)
    for (const reader of readers) {
      const [event] = await reader.until('diary.removed')
      assert.deepEqual(JSON.parse(event!.data), {
        ...(JSON.parse(event!.data) as object),
        type: 'diary.removed',
        area: village,
        actor: 'chen',
        diaryId: id,
      })
      assert.match(event!.id, /^\d+-\d+$/)
    }
  })

  test('answers as a stream that no proxy holds back', async () => {
    const reader = await two.stream(0, { area: village })
    assert.equal(reader.status, 200)
    assert.equal(reader.headers.get('content-type'), 'text/event-stream; charset=utf-8')
    assert.equal(reader.headers.get('x-accel-buffering'), 'no')
    assert.equal(reader.headers.get('cache-control'), 'no-store')
  })

  test('never tells what lies outside the scope or outside the area asked for', async () => {
    const ofTown = await two.stream(0, { area: '330683100', as: gridWorker })
    const ofVillage = await two.stream(0, { area: village, as: leader })
    await ofTown.until('ready')
    await ofVillage.until('ready')
    await two.append(otherTown)
    await two.append('330604100')
    const next = await two.append(neighborVillage)
    const own = await two.append(`${village}002`)
    await ofTown.until('diary.removed', 2)
    await ofVillage.until('diary.removed')
    await sleep(50)
    assert.deepEqual(diaryIds(ofTown.events), [next, own])
    assert.deepEqual(diaryIds(ofVillage.events), [own])
  })

  test('is not there for an area outside the scope, above it, or that does not exist', async () => {
    for (const area of ['330683102', '330683', '33', '330604100', '330683100999']) {
      const reader = await two.stream(0, { area, as: gridWorker })
      assert.equal(reader.status, 404, area)
    }
    const bad = await two.stream(0, { area: '3306831' })
    assert.equal(bad.status, 400)
  })

  test('goes on after the last event seen, on another server too, under the scope of now', async () => {
    const reader = await two.stream(0, { area: '330683' })
    await reader.until('ready')
    const first = await two.append(village)
    await reader.until('diary.removed')
    const { lastId } = reader
    reader.close()
    const missed = [await two.append(village), await two.append(otherTown), await two.append(neighborVillage)]
    const wide = await two.stream(1, { area: '330683', lastEventId: lastId! })
    await wide.until('ready')
    assert.deepEqual(diaryIds(wide.events), missed)
    assert.ok(!diaryIds(wide.events).includes(first))
    // the same id in the hands of someone with a smaller scope
    const narrow = await two.stream(1, { area: '330683100', as: gridWorker, lastEventId: lastId! })
    await narrow.until('ready')
    assert.deepEqual(diaryIds(narrow.events), [missed[0], missed[2]])
  })

  test('gives an id to come back with before anything has happened', async () => {
    const reader = await two.stream(0, { area: village })
    const [ready] = await reader.until('ready')
    reader.close()
    const missed = await two.append(village)
    const again = await two.stream(1, { area: village, lastEventId: ready!.id })
    // another transaction of the cluster may hold an event back past `ready`: it comes late then, not never
    await again.until('diary.removed')
    // the id may be a little behind what was written before, never ahead of it
    assert.equal(diaryIds(again.events).at(-1), missed)
  })

  test('loses and repeats nothing while readers come and go amid writes', async () => {
    const written: string[] = []
    let writing = true
    const writers = [village, neighborVillage, otherTown].map(async (area) => {
      while (writing) written.push(await two.append(area))
    })
    const seen: string[] = []
    let reader = await two.stream(0, { area: '330683' })
    await reader.until('ready')
    const begun = written.length
    let { lastId } = reader
    for (let round = 0; round < 12; round++) {
      await sleep(15 + round)
      const { events } = reader
      // one who was not told anything goes on from where they were
      lastId = reader.lastId ?? lastId
      reader.close()
      seen.push(...diaryIds(events.filter(({ id }) => id !== '')))
      reader = await two.stream((round % 2) as 0 | 1, { area: '330683', lastEventId: lastId! })
    }
    writing = false
    await Promise.all(writers)
    const last = await two.append(village)
    for (const end = Date.now() + 10_000; !diaryIds(reader.events).includes(last); await sleep(10)) {
      assert.ok(Date.now() < end, 'the last event came')
    }
    seen.push(...diaryIds(reader.events))
    assert.equal(new Set(seen).size, seen.length, 'none twice')
    const missing = written.slice(begun + 3).filter((id) => !seen.includes(id))
    assert.deepEqual(missing, [])
    assert.ok(seen.length > 50)
  })

  test('says reset to an id that is not ours, from the future, too old or too far behind', async () => {
    const reader = await two.stream(0, { area: village })
    const [{ id: known } = { id: '' }] = await reader.until('ready')
    const resets = async (lastEventId: string) => {
      const again = await two.stream(0, { area: village, lastEventId })
      await again.until('ready')
      const [first] = again.events
      again.close()
      return first!.event === 'reset' && again.events.length === 2
    }
    for (const id of [
      'x',
      '1',
      '-1-2',
      `1-1; drop table live_event`,
      '9'.repeat(20) + '-1',
      '1000000000-1',
    ]) {
      assert.ok(await resets(id), id)
    }
    assert.ok(!(await resets(known)))
    await two.test.owner.query(
      `insert into live_event (county, area_code, type, data)
       select '330683', $1, 'diary.removed', '{}' from generate_series(1, 1001)`,
      [village],
    )
    // they show once no older transaction of the cluster is open
    const isBehind = async () => {
      for (const end = Date.now() + 10_000; Date.now() < end; await sleep(50))
        if (await resets(known)) return true
      return false
    }
    assert.ok(await isBehind(), 'more than 1000 events behind')
    const stand = await two.stream(0, { area: village })
    const [{ id: before } = { id: '' }] = await stand.until('ready')
    await two.append(village)
    await two.test.owner.query('select mq_live_purge(now() + interval $$1 minute$$)')
    assert.ok(await resets(before), 'older than what is kept')
  })

  test('ends with the token that opened it, and says to come back soon', async () => {
    const reader = await two.stream(0, { area: village, as: { ...leader, sub: 'short', lifeSeconds: 2 } })
    await reader.until('ready')
    await reader.ended
    assert.equal(reader.retry, 100)
  })

  test('is refused beyond a dozen per person, until one is closed', async () => {
    const as = { ...leader, sub: 'many-windows' }
    const open = await Promise.all(Array.from({ length: 12 }, () => two.stream(0, { area: village, as })))
    assert.ok(open.every(({ status }) => status === 200))
    const refused = await two.stream(0, { area: village, as })
    assert.equal(refused.status, 429)
    assert.equal(refused.headers.get('retry-after'), '30')
    assert.equal((await two.stream(0, { area: village })).status, 200, 'others are not concerned')
    open[0]!.close()
    for (const end = Date.now() + 5000; ; await sleep(10)) {
      if ((await two.stream(0, { area: village, as })).status === 200) break
      assert.ok(Date.now() < end, 'a closed stream makes room')
    }
  })

  test('ends when its server shuts down', async () => {
    const reader = await two.stream(1, { area: village })
    await reader.until('ready')
    const begin = performance.now()
    await two.apps[1].close()
    await reader.ended
    assert.ok(performance.now() - begin < 2000)
    assert.equal(reader.retry, 1000)
  })
})

describe('a reader who missed much', () => {
  let two: TwoServers
  before(async () => {
    two = await startTwoServers()
  })
  after(() => two.close())

  test('catches up with as much as it can send in one go, and says reset beyond that', async () => {
    const standing = async () => {
      const reader = await two.stream(0, { area: village })
      const [{ id } = { id: '' }] = await reader.until('ready')
      reader.close()
      return id
    }
    const add = (count: number) =>
      two.test.owner.query(
        `insert into live_event (county, area_code, type, data)
         select '330683', $1, 'diary.updated', to_json(repeat('民', 5000))::text from generate_series(1, $2::integer)`,
        [village, count],
      )
    for (const [count, first] of [
      [30, 'diary.updated'],
      [300, 'reset'],
    ] as const) {
      const lastEventId = await standing()
      await add(count)
      const reader = await two.stream(1, { area: village, lastEventId })
      await reader.until('ready')
      assert.equal(reader.events[0]!.event, first)
      assert.equal(reader.events.length, first === 'reset' ? 2 : count + 1)
      reader.close()
    }
  })
})
