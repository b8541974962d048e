import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { LiveEvent, diaryEventTypes, inboxEventTypes, issueEventTypes, liveEventTypes } from './schema.ts'

const ajv = new Ajv({ allErrors: true })
formats.default(ajv)
const valid = ajv.compile<LiveEvent>(LiveEvent)
const id = '0190d3c4-0000-7000-8000-000000000001'
const common = { area: '330683100201', at: '2026-03-01T08:00:00.000Z', actor: 'chen' }
const base = { ...common, diaryId: id }
const issue = { ...common, issueId: id, version: 3, state: 'dispatched', issueDiary: null }
const message = { ...common, entryId: id, noticeType: 'assigned' }

describe('live event', () => {
  test('of every type needs only what tells where, when, who and what', () => {
    for (const type of diaryEventTypes) assert.ok(valid({ ...base, type }), type)
    for (const type of issueEventTypes) assert.ok(valid({ ...issue, type }), type)
    for (const type of inboxEventTypes) assert.ok(valid({ ...message, type }), type)
    assert.equal(
      liveEventTypes.length,
      diaryEventTypes.length + issueEventTypes.length + inboxEventTypes.length,
    )
  })

  test('of an issue tells its diary, and nothing of what it says', () => {
    assert.ok(valid({ ...issue, type: 'issue.changed', issueDiary: id }))
    assert.ok(!valid({ ...issue, type: 'issue.changed', text: '路灯不亮' }))
    assert.ok(!valid({ ...issue, type: 'issue.changed', version: 0 }))
    assert.ok(!valid({ ...issue, type: 'issue.changed', state: 'forgotten' }))
  })

  test('of one kind has no members of another', () => {
    assert.ok(!valid({ ...issue, type: 'diary.created' }))
    assert.ok(!valid({ ...base, ...message, type: 'inbox.added' }))
    assert.ok(!valid({ ...message, type: 'inbox.added', noticeType: 'liked' }))
  })

  test('carries a comment with its diary id', () => {
    const comment = {
      id,
      diaryId: id,
      author: { id: 'chen', name: '陈立军' },
      text: '好',
      createdAt: base.at,
    }
    assert.ok(valid({ ...base, type: 'comment.created', commentId: id, comment }))
  })

  test('is nothing else', () => {
    assert.ok(!valid({ ...base, type: 'diary.liked' }))
    assert.ok(!valid({ ...base, type: 'diary.created', secret: 1 }))
    assert.ok(!valid({ ...base, type: 'diary.created', area: '33068' }))
    assert.ok(!valid({ ...base, type: 'diary.created', at: 'yesterday' }))
    for (const name of Object.keys(base)) {
      assert.ok(!valid({ ...base, type: 'diary.created', [name]: undefined }), name)
    }
  })
})
