import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DiarySchema, diaryLimits, extractTags } from '@minqing/core'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { presentDiary } from '../../diaries/present.ts'
import { demoDiaries, type DemoPlan } from './generate.ts'

const areas = ['330683100201', '330683100201001', '33068310020100101', '330683102201'].map((code) => ({
  code,
  name: `甘霖镇 东王村 ${code}`,
}))
const plan: DemoPlan = { areas, count: 3000, end: new Date('2026-11-24T08:00:00Z') }
const diaries = [...demoDiaries(plan)]
const day = 86_400_000

test('the same plan gives the same diaries', () => {
  assert.deepEqual([...demoDiaries({ ...plan, count: 50 })], [...demoDiaries({ ...plan, count: 50 })])
})

test('each is a diary that the server itself could have made', () => {
  const ajv = new Ajv({ strict: false })
  formats.default(ajv)
  const isDiary = ajv.compile(DiarySchema)
  for (const { state } of diaries) {
    const diary = presentDiary(state)
    assert.ok(isDiary(diary), JSON.stringify(isDiary.errors))
    assert.ok(diary.text.length <= diaryLimits.text)
    assert.deepEqual(diary.tags, extractTags(diary.text), diary.text)
    assert.doesNotMatch(diary.text, /[{}]|undefined/, 'every gap is filled')
  }
  assert.equal(new Set(diaries.map(({ state }) => state.id)).size, diaries.length)
})

test('they reach from three years back to the end, in daytime', () => {
  const written = diaries.map(({ state }) => state.written_at.getTime())
  assert.deepEqual(
    written,
    [...written].sort((a, b) => a - b),
  )
  assert.ok(written[0]! > plan.end.getTime() - 3 * 366 * day)
  assert.ok(written[0]! < plan.end.getTime() - 2 * 365 * day)
  for (const { state } of diaries) {
    assert.ok(state.created_at <= plan.end && state.created_at >= state.written_at)
    const hour = (state.written_at.getUTCHours() + 8) % 24
    assert.ok(hour >= 8 && hour < 21, String(hour))
  }
})

test('counts, marks and answers fit together', () => {
  for (const { state, remarks, useful } of diaries) {
    assert.equal(state.comment_count, remarks.length)
    assert.equal(state.useful_count, useful.length)
    assert.equal(new Set(useful.map(({ id }) => id)).size, useful.length)
    assert.ok(
      useful.every(({ id }) => id !== state.author_id),
      'nobody marks their own',
    )
    if (state.accepted_answer === null) continue
    assert.equal(state.kind, 'help')
    assert.ok(remarks.some(({ id }) => id === state.accepted_answer))
  }
  const kinds = new Set(diaries.map(({ state }) => state.kind))
  assert.deepEqual([...kinds].sort(), ['factory', 'help', 'idea', 'visit', 'workshop'])
})
