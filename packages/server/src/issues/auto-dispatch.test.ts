import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { IssueEvent } from '@minqing/core'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addCatalogue, center, county, report } from './testing/people.ts'

let server: TestApp
before(async () => {
  server = await createTestApp({ clockWorker: false })
  await addCatalogue(server)
  await server.owner.query(
    `insert into category_unit (county, code, area_code, unit_id) values ($1, '0103', $1, 'jianshe')`,
    [county],
  )
  await server.owner.query(`update category set words = '{路灯,灯不亮,照明}' where code = '0103'`)
})
after(() => server.close())

const text = '路灯坏了,整条路灯不亮,没有照明。'

it('[I15] dispatches nothing by itself unless that is turned on for the category', async () => {
  const waiting = await report(server, { text })
  assert.deepEqual([waiting.state, waiting.version], ['submitted', 1])
  await server.owner.query(`update category set auto_dispatch = true where code = '0103'`)
  const sent = await report(server, { text })
  assert.equal(sent.state, 'dispatched')
  assert.equal(sent.assignments[0]?.unit.id, 'jianshe')
  const { items } = (await server.ask(`GET /v1/issues/${sent.id}/events`, { as: center })).json<{
    items: IssueEvent[]
  }>()
  assert.deepEqual(
    items.map(({ action, actor }) => `${action} ${actor.name}`),
    ['submit 陈立军', 'triage 系统', 'dispatch 系统'],
  )
  const other = await report(server, { text: '想问问孩子上学的事' })
  assert.equal(other.state, 'submitted')
  const solved = await report(server, { text, solved: '当场换好' })
  assert.equal(solved.state, 'awaitingRating')
})
