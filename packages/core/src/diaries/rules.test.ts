import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { blurPlace, diaryLimits, extractTags, writtenAtOrNow } from './rules.ts'

describe('[D2] tags', () => {
  const cases: [string, string[]][] = [
    ['#环境整治 今天 #垃圾分类# 完成', ['环境整治', '垃圾分类']],
    ['没有标签', []],
    ['#走访 #走访', ['走访']],
    ['#a_b·c1', ['a_b·c1']],
    ['# 空 ##双', ['双']],
    ['行末#标签。下一句', ['标签']],
    [`#${'长'.repeat(21)} #短`, ['短']],
    [`#${'长'.repeat(20)}`, ['长'.repeat(20)]],
  ]
  for (const [text, tags] of cases) {
    it(`of ${JSON.stringify(text).slice(0, 30)}`, () => assert.deepEqual(extractTags(text), tags))
  }

  it('are ten at most, each once, never too long, and all stand in the text', () => {
    const piece = fc.constantFrom('#', '走', '访', ' ', 'a', '1', '。', '\n', '_', '·', '𠮷', '长'.repeat(19))
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('')
        const tags = extractTags(text)
        assert.ok(tags.length <= diaryLimits.tags)
        assert.equal(new Set(tags).size, tags.length)
        for (const tag of tags) {
          assert.ok([...tag].length <= diaryLimits.tag)
          assert.ok(text.includes(`#${tag}`))
        }
      }),
    )
  })
})

describe('[D3] the time of writing', () => {
  const now = new Date('2026-11-24T08:00:00.000Z')
  const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString()
  const kept = (writtenAt: string) =>
    writtenAtOrNow(writtenAt, now).toISOString() === new Date(writtenAt).toISOString()

  it('is kept from thirty days back to five minutes ahead', () => {
    for (const minutes of [-30 * 1440, -60, 0, 5]) assert.ok(kept(at(minutes)), `${minutes}`)
  })
  it('is the time of arrival when it is out of these bounds, absent or no time at all', () => {
    for (const minutes of [-30 * 1440 - 1, 6]) assert.equal(writtenAtOrNow(at(minutes), now), now)
    assert.equal(writtenAtOrNow(undefined, now), now)
    assert.equal(writtenAtOrNow('2026-02-30T99:00:00Z', now), now)
  })
  it('keeps the moment whatever the offset', () => {
    assert.equal(writtenAtOrNow('2026-11-24T15:30:00+08:00', now).toISOString(), '2026-11-24T07:30:00.000Z')
  })
})

describe('[D5] a place', () => {
  it('is blurred to about 1 km unless its author asks for the exact one', () => {
    const place = { longitude: 120.123456, latitude: -29.987654 }
    assert.deepEqual(blurPlace({ ...place, precision: 'grid' }), {
      longitude: 120.12,
      latitude: -29.99,
      precision: 'grid',
    })
    assert.deepEqual(blurPlace({ ...place, precision: 'exact' }), { ...place, precision: 'exact' })
  })
  it('may be a name alone', () => {
    const blurred = blurPlace<{ name: string; longitude?: number; precision: 'grid' }>({
      name: '村口',
      precision: 'grid',
    })
    assert.equal(blurred.name, '村口')
    assert.equal(blurred.longitude, undefined)
  })
})
