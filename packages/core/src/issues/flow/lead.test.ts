import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isoAt } from '../testing/calendar.ts'
import { Story, accepted, answer, category, dispatched, note, unit } from '../testing/story.ts'

describe('[I3] lead and assists', () => {
  it('an assist has three fifths of the lead’s time, whoever named that', () => {
    const story = dispatched('2026-03-02 09:00', 'complaint', ['shuiwu'])
    assert.equal(story.part(1).dueAt, isoAt('2026-03-09 09:00'))
    assert.equal(story.part(2).dueAt, isoAt('2026-03-05 09:00'))
    const short = new Story('2026-03-02 09:00').do('triage', { category: category() }).do('dispatch', {
      lead: { unit: unit('jianshe'), dueAt: isoAt('2026-03-03 09:00') },
      assists: [{ unit: unit('shuiwu') }],
    })
    assert.equal(short.part(2).dueAt, isoAt('2026-03-02 23:24'))
  })

  it('an assist that comes later has a share of what is left', () => {
    const story = accepted('2026-03-02 09:00')
      .at('2026-03-06 09:00')
      .do('addAssist', { target: { unit: unit('shuiwu'), task: '抢修水管' } })
    assert.equal(story.part(2).dueAt, isoAt('2026-03-06 23:24'))
    story.at('2026-03-09 10:00').refuses('assist_deadline_late', 'addAssist', {
      target: { unit: unit('jiaotong') },
    })
  })

  it('an assist ends before the lead does, however its deadline comes about', () => {
    const late = { unit: unit('shuiwu'), dueAt: isoAt('2026-03-10 09:00') }
    new Story('2026-03-02 09:00')
      .do('triage', { category: category() })
      .refuses('assist_deadline_late', 'dispatch', { lead: { unit: unit('jianshe') }, assists: [late] })
    accepted('2026-03-02 09:00').refuses('assist_deadline_late', 'addAssist', { target: late })
    dispatched('2026-03-02 09:00', 'complaint', ['shuiwu'])
      .do('acceptAssist', { assignment: 2 })
      .do('requestExtension', { assignment: 2, reason: '材料', dueAt: isoAt('2026-03-10 09:00') })
      .refuses('assist_deadline_late', 'approveExtension', { assignment: 2 })
  })

  it('the lead does not answer while an assist is at work', () => {
    const story = accepted('2026-03-02 09:00', 'complaint', ['shuiwu'])
    story
      .refuses('assist_open', 'answer', { assignment: 1, ...answer })
      .do('acceptAssist', { assignment: 2 })
      .refuses('assist_open', 'answer', { assignment: 1, ...answer })
      .do('answerAssist', { assignment: 2, reply: '水管已修好' })
      .do('answer', { assignment: 1, ...answer })
    assert.equal(story.flow.state, 'answered')
    assert.equal(story.part(2).reply, '水管已修好')
  })

  it('unless the dispatcher releases the assist, with a reason', () => {
    const story = accepted('2026-03-02 09:00', 'complaint', ['shuiwu'])
      .do('releaseAssist', { assignment: 2, reason: '主办单位可独立完成' })
      .do('answer', { assignment: 1, ...answer })
    assert.equal(story.part(2).state, 'released')
    assert.equal(story.steps.at(-2)!.event.data['reason'], '主办单位可独立完成')
  })

  it('at most ten assist at a time', () => {
    const story = accepted('2026-03-02 09:00', 'complaint', ['shuiwu'])
    for (let n = 2; n <= 10; n++) story.do('addAssist', { target: { unit: unit(`unit-${n}`) } })
    story
      .refuses('assists_full', 'addAssist', { target: { unit: unit('unit-11') } })
      .do('releaseAssist', { assignment: 2, reason: '已不需要' })
      .do('addAssist', { target: { unit: unit('unit-11') } })
  })

  it('no unit has two parts at once, and the assists go with their lead', () => {
    const story = new Story('2026-03-02 09:00').do('triage', { category: category() })
    const twice = { lead: { unit: unit('jianshe') }, assists: [{ unit: unit('jianshe') }] }
    story.refuses('unit_twice', 'dispatch', twice)
    const other = accepted('2026-03-02 09:00', 'complaint', ['shuiwu'])
    other.refuses('unit_twice', 'addAssist', { target: { unit: unit('shuiwu') } })
    other.do('recall', { assignment: 1, reason: '改派' })
    assert.deepEqual(
      other.flow.assignments.map(({ state }) => state),
      ['released', 'released'],
    )
  })

  it('everyone who works on it notes progress, and persons who are named hear of it', () => {
    const story = accepted('2026-03-02 09:00').do('addProgress', { assignment: 1, ...note, mentions: ['li'] })
    assert.deepEqual(story.last.notices, [{ to: { person: 'li' }, type: 'mentioned' }])
    assert.equal(story.last.event.data['note'], '已到现场')
  })
})

describe('a return', () => {
  it('names a better unit, which is another one', () => {
    dispatched('2026-03-02 09:00')
      .refuses('return_unit_needed', 'requestReturn', { assignment: 1, reason: '不属于', unit: undefined })
      .refuses('return_unit_needed', 'requestReturn', {
        ...{ assignment: 1, reason: '不属于' },
        unit: unit('jianshe'),
      })
  })

  it('is decided by the dispatcher; until then nothing else is asked, and nothing is accepted', () => {
    const story = dispatched('2026-03-02 09:00').do('requestReturn', {
      ...{ assignment: 1, reason: '不属于' },
      unit: unit('chengguan'),
    })
    assert.equal(story.flow.state, 'dispatched')
    story
      .refuses('action_unavailable', 'accept', { assignment: 1 })
      .refuses('action_unavailable', 'approveExtension', { assignment: 1 })
      .do('approveReturn', { assignment: 1, reason: '同意' })
    assert.equal(story.flow.state, 'triaged')
    assert.equal(story.part(1).state, 'returned')
    assert.deepEqual(story.last.event.data['better'], unit('chengguan'))
  })

  it('of an assist leaves the lead at work', () => {
    const story = accepted('2026-03-02 09:00', 'complaint', ['shuiwu'])
      .do('requestReturn', { assignment: 2, reason: '不属于', unit: unit('chengguan') })
      .do('approveAssistReturn', { assignment: 2 })
    assert.equal(story.flow.state, 'inProgress')
    assert.equal(story.flow.leadChanges, 0)
    assert.equal(story.part(1).state, 'accepted')
  })
})

describe('dispatching', () => {
  it('needs a category', () => {
    const story = new Story('2026-03-02 09:00', { solved: '已修好' }).do('rateUnsolved', { stars: 1 })
    story
      .refuses('category_needed', 'dispatch', { lead: { unit: unit('jianshe') }, assists: [] })
      .do('triage', { category: category() })
      .do('dispatch', { lead: { unit: unit('jianshe') }, assists: [] })
  })
})
