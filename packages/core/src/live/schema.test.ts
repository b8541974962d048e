import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { LiveEvent, liveEventTypes } from './schema.ts'

const ajv = new Ajv({ allErrors: true })
formats.default(ajv)
const valid = ajv.compile<LiveEvent>(LiveEvent)
const id = '0190d3c4-0000-7000-8000-000000000001'
const base = { area: '330683100201', at: '2026-03-01T08:00:00.000Z', actor: 'chen', diaryId: id }

describe('live event', () => {
  test('of every type needs only what tells where, when, who and which diary', () => {
    for (const type of liveEventTypes) assert.ok(valid({ ...base, type }), type)
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
