import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import type { InboxLiveEvent } from '@minqing/core'
import { createTestApp, type TestApp } from '../testing/app.ts'
import {
  addCatalogue,
  circle,
  county,
  people,
  village,
  type Circle,
  type PersonName,
} from '../testing/circle.ts'
import { openStream, type StreamReader } from './testing/stream.ts'

let server: TestApp
let steps: Circle
let url: string
const readers: StreamReader[] = []
before(async () => {
  server = await createTestApp()
  await addCatalogue(server)
  steps = circle(server)
  await server.app.listen({ host: '127.0.0.1', port: 0 })
  url = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`
})
after(async () => {
  for (const reader of readers) reader.close()
  await server.close()
})

async function stream(who: PersonName, area = county, lastEventId?: string): Promise<StreamReader> {
  const token = await server.signer.sign(people[who])
  const options = lastEventId === undefined ? { token } : { token, lastEventId }
  const reader = await openStream(`${url}/v1/events?area=${area}`, options)
  readers.push(reader)
  await reader.until('ready')
  return reader
}

const notices = (reader: StreamReader) =>
  reader.events
    .filter(({ event }) => event === 'inbox.added')
    .map(({ data }) => (JSON.parse(data) as InboxLiveEvent).noticeType)

/** A diary in the village, which every officer's stream tells. */
const writeDiary = () =>
  steps.ask('officer', 'POST /v1/diaries', { id: randomUUID(), area: village, kind: 'visit', text: '走访' })

describe('streams', () => {
  it('[N1] tell messages to those addressed: by person, unit and desk', async () => {
    const [resident, neighbor, dispatcher, colleague, builder, driver, leader] = await Promise.all(
      (['resident', 'neighbor', 'dispatcher', 'dispatcher2', 'builder', 'driver', 'leader'] as const).map(
        (who) => stream(who),
      ),
    )
    const { id } = await steps.report()
    await steps.answer(id)
    await resident!.until('inbox.added')
    await builder!.until('inbox.added', 2)
    await colleague!.until('inbox.added', 2)
    assert.deepEqual(notices(resident!), ['reviewed'])
    assert.deepEqual(notices(builder!), ['assigned', 'reviewed'])
    assert.deepEqual(notices(dispatcher!), ['submitted', 'answered'])
    assert.deepEqual(notices(colleague!), ['submitted', 'answered'])
    const { id: other } = await steps.report()
    await steps.act('dispatcher', other, 'remind')
    await colleague!.until('inbox.added', 4)
    assert.deepEqual(notices(colleague!).slice(2), ['submitted', 'reminded'])
    await steps.act('dispatcher2', other, 'remind')
    await dispatcher!.until('inbox.added', 4)
    assert.deepEqual(
      notices(dispatcher!).slice(2),
      ['submitted', 'reminded'],
      '[N3] not of their own reminder',
    )
    for (const reader of [neighbor!, driver!, leader!]) assert.deepEqual(notices(reader), [])
  })

  it('of residents carry no diaries, no issues and no names of officers', async () => {
    const resident = await stream('resident')
    const officer = await stream('officer', village)
    const { id } = await steps.report()
    assert.equal((await writeDiary()).statusCode, 201)
    await steps.answer(id)
    await resident.until('inbox.added')
    await officer.until('diary.created')
    await officer.until('issue.created')
    const kinds = new Set(resident.events.map(({ event }) => event))
    assert.deepEqual([...kinds].sort(), ['inbox.added', 'ready'])
    assert.doesNotMatch(JSON.stringify(resident.events), /dispatcher|builder|officer/)

    const again = await stream('resident', county, resident.events[0]!.id)
    assert.deepEqual([...new Set(again.events.map(({ event }) => event))].sort(), ['inbox.added', 'ready'])
    assert.equal(notices(again).length, 1, 'and the same when they come back')
  })
})
