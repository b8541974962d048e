import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { appendEvent } from '../internal/events.ts'
import { isAfter, positionOf } from './position.ts'
import {
  county,
  eventually,
  listen,
  newEvent,
  openTestLog,
  otherVillage,
  village,
  type TestLog,
} from './testing/log.ts'

/** A promise to hold a transaction open with. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => undefined as void
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open: () => open() }
}

describe('live bus', () => {
  let log: TestLog
  before(async () => {
    log = await openTestLog()
  })
  after(() => log.close())

  test('tells what was committed, in order and once, to every process', async () => {
    const heard = [listen(await log.bus()), listen(await log.bus())]
    const appended: string[] = []
    for (let i = 0; i < 20; i++) appended.push(await log.append(i % 2 ? village : otherVillage))
    for (const each of heard) {
      await each.until(20)
      assert.deepEqual(each.diaries, appended)
      const places = each.events.map(({ id }) => positionOf(id)!)
      assert.ok(places.every((place, i) => i === 0 || isAfter(place, places[i - 1]!)))
      assert.deepEqual(new Set(each.events.map(({ area }) => area)), new Set([village, otherVillage]))
    }
  })

  test('tells many events of many transactions at once, more than one batch', async () => {
    const heard = listen(await log.bus())
    await log.transact({ scope: [county], actor: 'chen' }, async (tx) => {
      for (let i = 0; i < 1203; i++) await appendEvent(tx, county, newEvent(village))
    })
    await heard.until(1203)
    await sleep(50)
    assert.equal(new Set(heard.diaries).size, 1203)
  })

  test('does not skip a transaction that took its place early and commits late', async () => {
    const heard = listen(await log.bus())
    const late = newEvent(village)
    const { opened, open } = gate()
    const appended = gate()
    const slow = log.transact({ scope: [village], actor: 'chen' }, async (tx) => {
      await appendEvent(tx, county, late)
      appended.open()
      await opened
    })
    await appended.opened
    const early = await log.append()
    await sleep(150)
    assert.deepEqual(heard.diaries, [], 'what lies behind an open transaction waits')
    open()
    await slow
    await heard.until(2)
    assert.deepEqual(heard.diaries, [late.diaryId, early])
  })

  test('is not held up for long once the older transaction ends without any event', async () => {
    const heard = listen(await log.bus())
    const { opened, open } = gate()
    const begun = gate()
    const slow = log
      .transact({ scope: [village], actor: 'chen' }, async (tx) => {
        await appendEvent(tx, county, newEvent(village))
        begun.open()
        await opened
        throw new Error('rolled back')
      })
      .catch(() => undefined)
    await begun.opened
    const told = await log.append()
    await sleep(30)
    open()
    await slow
    await heard.until(1)
    assert.deepEqual(heard.diaries, [told], 'what was rolled back never happened')
  })

  test('loses nothing while its connection is down, and says that it is', async () => {
    const bus = await log.bus()
    const heard = listen(bus)
    const first = await log.append()
    await heard.until(1)
    assert.equal(bus.healthy, true)
    let sick = false
    const watch = setInterval(() => (sick ||= !bus.healthy), 1)
    await log.owner(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'minqing live' and datname = current_database()`,
    )
    const second = await log.append()
    await heard.until(2)
    clearInterval(watch)
    assert.deepEqual(heard.diaries, [first, second])
    assert.ok(sick)
    await eventually(() => bus.healthy, 'healthy again')
  })

  test('goes on when a listener throws, and leaves out those who left', async () => {
    const bus = await log.bus()
    bus.subscribe(() => {
      throw new Error('broken listener')
    })
    let told = 0
    const stop = bus.subscribe(() => void told++)
    const heard = listen(bus)
    await log.append()
    await heard.until(1)
    stop()
    await log.append()
    await heard.until(2)
    assert.equal(told, 1)
  })

  test('cannot start without a database', async () => {
    const { createLiveBus } = await import('./bus.ts')
    const nowhere = { databaseUrl: 'postgres://nobody@127.0.0.1:1/none', log: { info() {}, warn() {} } }
    await assert.rejects(createLiveBus(nowhere), { code: 'ECONNREFUSED' })
  })
})
