import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import type { InboxLiveEvent, IssueLiveEvent } from '@minqing/core'
import { refused } from '../diaries/testing/officers.ts'
import { openStream, type StreamReader } from '../live/testing/stream.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { testVillage, type TokenInput } from '../testing/tokens.ts'
import * as people from './testing/people.ts'

const { addCatalogue, builder, center, chen, doing, report, traffic } = people

let server: TestApp
let url: string
const readers: StreamReader[] = []
before(async () => {
  server = await createTestApp({ clockWorker: false })
  await addCatalogue(server)
  await server.app.listen({ host: '127.0.0.1', port: 0 })
  url = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`
})
after(async () => {
  for (const reader of readers) reader.close()
  await server.close()
})

async function stream(as: TokenInput, area = '330683', lastEventId?: string): Promise<StreamReader> {
  const token = await server.signer.sign(as)
  const options = lastEventId === undefined ? { token } : { token, lastEventId }
  const reader = await openStream(`${url}/v1/events?area=${area}`, options)
  readers.push(reader)
  await reader.until('ready')
  return reader
}
const issuesOf = ({ events }: StreamReader) =>
  events
    .filter(({ event }) => event.startsWith('issue.'))
    .map(({ data }) => JSON.parse(data) as IssueLiveEvent)
    .map(({ type, version, state }) => `${type} ${version} ${state}`)
const inboxOf = ({ events }: StreamReader) =>
  events
    .filter(({ event }) => event === 'inbox.added')
    .map(({ data }) => (JSON.parse(data) as InboxLiveEvent).noticeType)

describe('live events of issues', () => {
  it('reach those who may read the issue, and messages those who are addressed', async () => {
    const begun = await stream(center)
    const watching = {
      center: begun,
      chen: await stream(chen, testVillage),
      builder: await stream(builder),
      traffic: await stream(traffic),
      auditor: await stream(people.auditor),
      grid: await stream(
        { sub: 'grid', grants: [{ role: 'gridWorker', area: `${testVillage}001` }] },
        testVillage,
      ),
      namesake: await stream(people.namesake, '330604'),
      elsewhere: await stream(center, '330683102'),
      resident: await stream(people.resident, testVillage),
    }
    const made = await report(server)
    const triaged = await doing(server, made, 'triage', center, { category: '0103' })
    const sent = await doing(server, triaged, 'dispatch', center, { lead: { unit: 'jianshe' } })
    await doing(server, sent, 'acceptance', builder)
    const whole = [
      'issue.created 1 submitted',
      'issue.changed 2 triaged',
      'issue.changed 3 dispatched',
      'issue.changed 4 inProgress',
    ]
    for (const name of ['center', 'chen', 'auditor'] as const) {
      await watching[name].until('issue.changed', 3)
      assert.deepEqual(issuesOf(watching[name]), whole, name)
    }
    await watching.builder.until('issue.changed', 2)
    assert.deepEqual(issuesOf(watching.builder), whole.slice(2))
    await watching.builder.until('inbox.added')
    assert.deepEqual(inboxOf(watching.builder), ['assigned'])
    await watching.center.until('inbox.added')
    assert.deepEqual(inboxOf(watching.center), ['submitted'])
    await watching.elsewhere.until('inbox.added')
    for (const name of ['traffic', 'grid', 'namesake', 'elsewhere', 'resident'] as const) {
      assert.deepEqual(issuesOf(watching[name]), [], name)
    }
    assert.deepEqual(inboxOf(watching.traffic), [])

    const first = begun.events[0]!.id
    assert.deepEqual(issuesOf(await stream(center, '330683', first)), whole)
    const late = await stream(builder, '330683', first)
    assert.deepEqual([issuesOf(late), inboxOf(late)], [whole.slice(2), ['assigned']])
    const foreign = await stream(traffic, '330683', first)
    assert.deepEqual([issuesOf(foreign), inboxOf(foreign)], [[], []])
  })

  it('are not for areas out of reach', async () => {
    const ask = (as: TokenInput, area: string) => server.ask(`GET /v1/events?area=${area}`, { as })
    refused(await ask(people.resident, '330683'), 404, 'area_not_found')
    refused(await ask(people.namesake, '330683'), 404, 'area_not_found')
  })
})
