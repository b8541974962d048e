import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { Issue, IssueEvent } from '@minqing/core'
import { refused } from '../diaries/testing/officers.ts'
import { camera } from '../photos/testing/pictures.ts'
import { startUploader, type Uploader } from '../photos/testing/tus.ts'
import { testVillage, type TokenInput } from '../testing/tokens.ts'
import * as people from './testing/people.ts'

const { addCatalogue, builder, center, chen, dispatched, doing, newIssue, traffic } = people

let up: Uploader
let jpeg: Buffer
before(async () => {
  up = await startUploader()
  await addCatalogue(up.test)
  jpeg = await camera({ width: 320, height: 240 })
})
after(() => up.close())

const photo = async (as: TokenInput, area = testVillage) => (await up.upload(jpeg, { as, area })).id
async function sees(id: string, as: TokenInput): Promise<boolean> {
  const { ticket } = (await up.test.ask('GET /v1/photo-ticket', { as })).json<{ ticket: string }>()
  const file = await up.test.ask(`GET /v1/photos/${id}/thumb?ticket=${ticket}`, { as: null })
  const known = await up.test.ask(`GET /v1/photos/${id}`, { as })
  assert.equal(file.statusCode, known.statusCode)
  return file.statusCode === 200
}
/** Of another town, where diaries of this one are not read. */
const far: TokenInput = { sub: 'far', grants: [{ role: 'gridWorker', area: '330683102201001' }] }

describe('photos of issues', () => {
  it('are their reporter’s until the issue has them, and then everybody’s who sees the issue', async () => {
    const id = await photo(chen)
    assert.equal(await sees(id, center), false)
    const sent = await dispatched(up.test, { issue: { photos: [id] } })
    assert.deepEqual(sent.photos, [{ id, width: 320, height: 240 }])
    for (const reader of [center, builder, chen]) assert.equal(await sees(id, reader), true)
    for (const stranger of [traffic, far, people.stranger, people.otherCenter]) {
      assert.equal(await sees(id, stranger), false, stranger.sub)
    }
    const again = await up.test.ask('POST /v1/issues', { as: chen, body: newIssue({ photos: [id] }) })
    assert.deepEqual(refused(again, 422, 'photo_unknown').fields, [{ path: '/photos/0', rule: 'known' }])
    const foreign = await up.test.ask('POST /v1/issues', {
      as: people.li,
      body: newIssue({ area: '330683102201', photos: [id] }),
    })
    refused(foreign, 422, 'photo_unknown')
  })

  it('are not their reporter’s any more who has lost the role', async () => {
    const officer: TokenInput = { ...chen, sub: 'moved' }
    const [mine, theirs] = [await photo(officer), await photo(builder)]
    const made = await up.test.ask('POST /v1/issues', { as: officer, body: newIssue({ photos: [mine] }) })
    const triaged = await doing(up.test, made.json<Issue>(), 'triage', center, { category: '0103' })
    const sent = await doing(up.test, triaged, 'dispatch', center, { lead: { unit: 'jianshe' } })
    await doing(up.test, sent, 'progress', builder, { note: '现场', photos: [theirs] })
    assert.equal(await sees(theirs, officer), true)
    const moved: TokenInput = { ...officer, grants: [{ role: 'expert', area: '330604' }] }
    assert.equal(await sees(theirs, moved), false)
  })

  it('come with the diary, and with the unit’s progress and answer', async () => {
    const id = await photo(chen)
    const diary = { id: randomUUID(), area: testVillage, kind: 'visit', text: '路面塌了', photos: [id] }
    assert.equal((await up.test.ask('POST /v1/diaries', { as: chen, body: diary })).statusCode, 201)
    const body = { id: randomUUID(), diary: diary.id }
    const forwarded = (await up.test.ask('POST /v1/issues', { as: chen, body })).json<Issue>()
    assert.deepEqual(
      forwarded.photos.map((one) => one.id),
      [id],
    )
    const triaged = await doing(up.test, forwarded, 'triage', center, { category: '0103' })
    const sent = await doing(up.test, triaged, 'dispatch', center, { lead: { unit: 'jianshe' } })
    const accepted = await doing(up.test, sent, 'acceptance', builder)
    const [before, later] = [await photo(builder), await photo(builder)]
    const noted = await doing(up.test, accepted, 'progress', builder, { note: '现场', photos: [before] })
    const answered = await doing(up.test, noted, 'answer', builder, { text: '好了', photos: [later] })
    assert.deepEqual(
      answered.answer?.photos.map((one) => one.id),
      [later],
    )
    const events = await up.test.ask(`GET /v1/issues/${sent.id}/events`, { as: chen })
    const note = events.json<{ items: IssueEvent[] }>().items.find(({ action }) => action === 'addProgress')
    assert.deepEqual(note?.data['photos'], [{ id: before, width: 320, height: 240 }])
    for (const one of [id, before, later]) {
      for (const reader of [chen, center, builder]) assert.equal(await sees(one, reader), true)
      assert.equal(await sees(one, far), false)
    }
    await up.test.ask(`DELETE /v1/diaries/${diary.id}`, { as: chen, headers: { 'if-match': '"1"' } })
    assert.equal(await sees(id, builder), true)
  })
})
