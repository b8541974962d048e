import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { MissedEvents } from '@minqing/core'
import type { TokenInput } from '../testing/tokens.ts'
import {
  gridWorker,
  leader,
  neighborVillage,
  otherTown,
  startTwoServers,
  village,
  type TwoServers,
} from './testing/servers.ts'

describe('missed events', () => {
  let two: TwoServers
  before(async () => {
    two = await startTwoServers()
  })
  after(() => two.close())

  const ask = async (area: string, after?: string, as: TokenInput = leader) => {
    const query = after === undefined ? '' : `&after=${after}`
    const answer = await two.test.ask(`GET /v1/missed-events?area=${area}${query}`, { as })
    return { status: answer.statusCode, ...answer.json<MissedEvents & { code?: string }>() }
  }
  /** An event is told once no transaction before it is open any more, in the whole cluster. */
  const until = async (area: string, after: string, count: number, as?: TokenInput) => {
    for (let n = 0; n < 200; n++) {
      const answer = await ask(area, after, as)
      if (answer.events.length >= count) return answer
      await sleep(50)
    }
    throw new Error(`fewer than ${count} events came`)
  }

  test('are those of the stream, with the same ids', async () => {
    const begin = await ask('330683')
    assert.deepEqual([begin.events, begin.reset], [[], false])
    const reader = await two.stream(0, { area: '330683', as: leader })
    await reader.until('ready')
    const ids = [await two.append(village), await two.append(otherTown)]
    const streamed = await reader.until('diary.removed', 2)
    const { events, last, reset } = await until('330683', begin.last, 2)
    assert.equal(reset, false)
    assert.deepEqual(
      events.map(({ id, event }) => [id, 'diaryId' in event && event.diaryId]),
      streamed.map(({ id }, n) => [id, ids[n]]),
    )
    assert.deepEqual((await ask('330683', last)).events, [])
    assert.deepEqual((await ask('330683', events[0]!.id)).events, events.slice(1))
    // a reader may go over from one to the other
    const on = await two.stream(1, { area: '330683', as: leader, lastEventId: events[0]!.id })
    const [second] = await on.until('diary.removed')
    assert.equal(second!.id, events[1]!.id)
  })

  test('are only those of the area asked for, within the scope of the reader', async () => {
    const { last } = await ask('330683100', undefined, gridWorker)
    await two.append(otherTown)
    await two.append(neighborVillage)
    const own = await two.append(village)
    const { events } = await until('330683100', last, 2, gridWorker)
    assert.equal(events.length, 2)
    assert.deepEqual(
      (await until(village, last, 1, gridWorker)).events.map(
        ({ event }) => 'diaryId' in event && event.diaryId,
      ),
      [own],
    )
    for (const area of ['330683', '330604100', '330683100999']) {
      assert.deepEqual((await ask(area, undefined, gridWorker)).code, 'area_not_found')
    }
  })

  test('cannot be told after what is not known: read the lists again', async () => {
    for (const after of ['99999999999999999999-1', '18446744073709551615-1']) {
      const answer = await ask('330683', after)
      assert.deepEqual([answer.status, answer.reset, answer.events], [200, true, []], after)
      assert.equal((await ask('330683', answer.last)).reset, false)
    }
    assert.equal((await ask('330683', 'yesterday')).code, 'invalid_input')
  })
})
