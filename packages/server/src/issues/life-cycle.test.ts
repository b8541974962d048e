import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Issue } from '@minqing/core'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addCatalogue, builder, center, chen, doing, report } from './testing/people.ts'

let server: TestApp
before(async () => {
  server = await createTestApp()
  await addCatalogue(server)
})
after(() => server.close())

describe('an issue', () => {
  it('goes from a report to five stars', async () => {
    const made = await report(server)
    assert.match(made.number, /^330683-\d{8}-\d{5}$/)
    assert.equal(made.state, 'submitted')
    assert.equal(made.version, 1)
    const triaged = await doing(server, made, 'triage', center, { category: '0103' })
    assert.equal(triaged.category?.name, '城乡建设 / 路灯')
    const sent = await doing(server, triaged, 'dispatch', center, { lead: { unit: 'jianshe' } })
    assert.equal(sent.state, 'dispatched')
    const accepted = await doing(server, sent, 'acceptance', builder)
    assert.equal(accepted.assignments[0]?.handler?.name, '蒋工')
    const answered = await doing(server, accepted, 'answer', builder, { text: '已更换灯泡。' })
    assert.equal(answered.state, 'answered')
    const approved = await doing(server, answered, 'answer-approval', center)
    assert.equal(approved.state, 'awaitingRating')
    const rated = await doing(server, approved, 'rating', chen, { stars: 5, solved: true })
    assert.equal(rated.state, 'closed')
    assert.deepEqual(rated.closing?.confirmation, 'resident')
    const read = await server.ask(`GET /v1/issues/${made.id}`, { as: builder })
    assert.equal(read.statusCode, 200, read.body)
    assert.deepEqual(read.json<Issue>(), rated)
  })
})
