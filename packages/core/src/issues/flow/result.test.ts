import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isoAt } from '../testing/calendar.ts'
import { Story, accepted, answer, category, dispatched, reviewed, unit } from '../testing/story.ts'

const lead = { lead: { unit: unit('jianshe') }, assists: [] }

describe('the result', () => {
  it('[I4] solved on the spot, it waits for the rating at once', () => {
    const { flow } = new Story('2026-03-02 09:00', { solved: '当场更换了灯泡' })
    assert.equal(flow.state, 'awaitingRating')
    assert.equal(flow.answer?.text, '当场更换了灯泡')
    assert.equal(flow.residentClock.stoppedAt, isoAt('2026-03-02 09:00'))
  })

  it('[I5] closes with the outcome that the resident confirms', () => {
    const story = reviewed('2026-03-02 09:00').do('rate', { stars: 5, text: '很快' })
    assert.equal(story.flow.state, 'closed')
    assert.deepEqual(story.flow.closing, {
      ...{ reason: 'solved', confirmation: 'resident', note: null },
      at: isoAt('2026-03-02 09:00'),
    })
    assert.equal(story.flow.rating?.stars, 5)
    const explained = accepted('2026-03-02 09:00')
      .do('answer', { assignment: 1, ...answer, outcome: 'explained' })
      .do('approveAnswer', {})
      .do('rate', { stars: 3 })
    assert.equal(explained.flow.closing?.reason, 'explained')
  })

  it('[I5] closes as not accepted, with the reason', () => {
    const refused = new Story('2026-03-02 09:00').do('refuse', { reason: '属于诉讼事项' })
    assert.equal(refused.flow.closing?.reason, 'notAccepted')
    assert.equal(refused.flow.closing?.note, '属于诉讼事项')
    const withdrawn = new Story('2026-03-02 09:00').do('withdraw', {})
    assert.equal(withdrawn.flow.closing?.reason, 'notAccepted')
    assert.equal(withdrawn.last.event.data['withdrawn'], true)
  })

  it('[I6] closes after a spot check', () => {
    const { flow } = reviewed('2026-03-02 09:00').do('spotCheck', { reason: 'solved', note: '已到现场看过' })
    assert.equal(flow.closing?.confirmation, 'spotCheck')
    assert.equal(flow.closing?.note, '已到现场看过')
  })

  it('[I6] closes as unconfirmed after seven days without a rating, not a moment before', () => {
    const story = reviewed('2026-03-02 09:00')
      .at('2026-03-09 08:59')
      .refuses('action_unavailable', 'closeUnrated', {})
      .until('2026-03-09 09:00')
    assert.equal(story.flow.closing?.confirmation, 'unconfirmed')
    assert.equal(story.flow.closing?.reason, 'solved')
    assert.equal(story.flow.closing?.at, isoAt('2026-03-09 09:00'))
  })
})

describe('[I10] taking it up again', () => {
  it('is possible for thirty days', () => {
    const story = reviewed('2026-03-02 09:00').do('rate', { stars: 4 })
    story.at('2026-04-01 09:01').refuses('reopen_expired', 'reopen', { reason: '又坏了' })
    story.at('2026-04-01 09:00').do('reopen', { reason: '又坏了' })
    assert.equal(story.flow.state, 'triaged')
    const { closing, rating, answer: said, awaitingSince, reopenings } = story.flow
    assert.deepEqual([closing, rating, said, awaitingSince, reopenings], [null, null, null, null, 1])
    assert.equal(story.part(1).state, 'released')
  })

  it('is not for what was not accepted', () => {
    new Story('2026-03-02 09:00')
      .do('refuse', { reason: '不属于' })
      .refuses('action_unavailable', 'reopen', { reason: '请受理' })
  })

  it('follows at once when the resident says that it is not solved', () => {
    const story = reviewed('2026-03-02 09:00').do('rateUnsolved', { stars: 1, text: '还是不亮' })
    assert.equal(story.flow.state, 'triaged')
    assert.deepEqual(
      story.last.notices.map(({ type }) => type),
      ['rated', 'reopened'],
    )
  })
})

describe('[I9] three times are enough', () => {
  it('three changes of the lead lead to a joint consultation, whose decision begins the count anew', () => {
    const story = dispatched('2026-03-02 09:00')
    story.do('recall', { assignment: 1, reason: '改派' }).do('dispatch', lead)
    story
      .do('requestReturn', { assignment: 2, reason: '不属于', unit: unit('chengguan') })
      .do('approveReturn', { assignment: 2 })
    assert.equal(story.flow.state, 'triaged')
    story.do('dispatch', lead).do('recall', { assignment: 3, reason: '改派' })
    assert.equal(story.flow.state, 'jointConsultation')
    assert.ok(story.last.notices.some(({ type, to }) => type === 'consultation' && 'desk' in to))
    story.refuses('action_unavailable', 'dispatch', lead).do('conclude', { decision: '由建设局牵头' })
    assert.deepEqual([story.flow.state, story.flow.leadChanges], ['triaged', 0])
    story.do('dispatch', lead).do('recall', { assignment: 4, reason: '改派' })
    assert.equal(story.flow.state, 'triaged')
  })

  it('so do three reopenings, of either sort', () => {
    const story = reviewed('2026-03-02 09:00').do('rateUnsolved', { stars: 1 })
    const again = (assignment: number) =>
      story
        .do('dispatch', lead)
        .do('accept', { assignment })
        .do('answer', { assignment, ...answer })
    again(2).do('approveAnswer', {}).do('rate', { stars: 2 }).do('reopen', { reason: '又坏了' })
    assert.deepEqual([story.flow.state, story.flow.reopenings], ['triaged', 2])
    again(3).do('approveAnswer', {}).do('rateUnsolved', { stars: 1 })
    assert.deepEqual([story.flow.state, story.flow.reopenings], ['jointConsultation', 3])
  })

  it('a leader brings it there at any time; all units are released and told', () => {
    const story = accepted('2026-03-02 09:00')
      .do('answer', { assignment: 1, ...answer })
      .do('escalate', { reason: '涉及多部门' })
    assert.equal(story.flow.state, 'jointConsultation')
    assert.equal(story.part(1).state, 'released')
    assert.deepEqual(
      story.last.notices.map(({ to }) => to),
      [{ desk: 'lead' }, { unit: 'jianshe' }],
    )
  })
})

describe('[I11] one kind of matter', () => {
  const main = { id: '0190d3c4-0000-7000-8000-000000000001', number: '330683-20260302-00001', takes: true }
  const merged = () =>
    new Story('2026-03-02 09:00').do('triage', { category: category() }).do('merge', { main })

  it('a merged issue waits for the main one’s answer, and each resident rates for themselves', () => {
    const story = accepted('2026-03-02 09:00').do('answer', { assignment: 1, ...answer })
    const child = merged().do('inheritAnswer', { answer: story.flow.answer! })
    assert.equal(child.flow.state, 'awaitingRating')
    assert.equal(child.flow.answer?.text, answer.text)
    child.do('rateUnsolved', { stars: 2 })
    assert.deepEqual([child.flow.state, child.flow.pattern], ['triaged', null])
  })

  it('it may have a reply of its own, and can be split off again', () => {
    const reply = merged().do('replyChild', { text: '您家门口的已修好', outcome: 'solved' })
    assert.equal(reply.flow.state, 'awaitingRating')
    const split = merged().do('split', { reason: '另一条路' })
    assert.deepEqual([split.flow.state, split.flow.pattern], ['triaged', null])
  })

  it('what others hang on is neither merged nor refused, and not everything takes others', () => {
    const story = new Story('2026-03-02 09:00')
    story.flow = { ...story.flow, pattern: { main: main.id, children: 2 } }
    story
      .refuses('pattern_has_children', 'merge', { main })
      .refuses('pattern_has_children', 'refuse', { reason: '不属于' })
      .refuses('pattern_has_children', 'withdraw', {})
    new Story('2026-03-02 09:00').refuses('pattern_closed', 'merge', { main: { ...main, takes: false } })
  })
})
