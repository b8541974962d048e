import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dayMs } from '../clock.ts'
import { isoAt } from '../testing/calendar.ts'
import { Story, accepted, answer, category, dispatched, unit } from '../testing/story.ts'

describe('the resident’s clock', () => {
  it('[I8] ends by the kind, and by the category once that is known', () => {
    const story = new Story('2026-03-02 09:00')
    assert.equal(story.flow.residentClock.dueAt, isoAt('2026-03-09 09:00'))
    story.at('2026-03-03 11:00').do('triage', { category: category('complex') })
    assert.equal(story.flow.residentClock.dueAt, isoAt('2026-03-19 09:00'))
    assert.equal(story.flow.residentClock.startedAt, isoAt('2026-03-02 09:00'))
  })

  it('[I7] stops with the answer and goes on from its first start when the matter is taken up again', () => {
    const story = accepted('2026-03-02 09:00')
      .at('2026-03-04 10:00')
      .do('answer', { assignment: 1, ...answer })
    assert.equal(story.flow.residentClock.stoppedAt, null)
    story.at('2026-03-04 16:00').do('approveAnswer', {})
    assert.equal(story.flow.residentClock.stoppedAt, isoAt('2026-03-04 16:00'))
    const before = story.flow.residentClock
    story.at('2026-03-06 09:00').do('rateUnsolved', { stars: 1 })
    assert.deepEqual(story.flow.residentClock, { ...before, stoppedAt: null })
  })
})

describe('a unit’s clock', () => {
  it('[I7] runs from dispatch, by the working days of the category', () => {
    const part = dispatched('2026-09-29 09:00').part(1)
    assert.equal(part.dispatchedAt, isoAt('2026-09-29 09:00'))
    assert.equal(part.acceptDueAt, isoAt('2026-09-30 09:00'))
    // two days before the National Day, three after it, a Saturday among them
    assert.equal(part.dueAt, isoAt('2026-10-12 09:00'))
    assert.equal(dispatched('2026-09-29 09:00', 'help').part(1).dueAt, isoAt('2026-10-09 09:00'))
  })

  it('[I7] returning costs time: the next unit has a clock of its own, the resident’s runs on', () => {
    const story = dispatched('2026-03-02 09:00')
    const { dueAt } = story.flow.residentClock
    story
      .at('2026-03-03 08:00')
      .do('requestReturn', { assignment: 1, reason: '不属于本单位职责', unit: unit('chengguan') })
    assert.equal(story.part(1).dueAt, isoAt('2026-03-09 09:00'))
    story.at('2026-03-04 08:00').do('approveReturn', { assignment: 1 })
    assert.equal(story.flow.residentClock.dueAt, dueAt)
    assert.equal(story.flow.residentClock.stoppedAt, null)
    story.at('2026-03-04 10:00').do('dispatch', { lead: { unit: unit('chengguan') }, assists: [] })
    assert.equal(story.part(2).dueAt, isoAt('2026-03-11 10:00'))
  })

  it('[I7] a return that is refused has cost the unit its time, too', () => {
    const story = dispatched('2026-03-02 09:00')
      .do('requestReturn', { assignment: 1, reason: '不属于', unit: unit('chengguan') })
      .at('2026-03-05 09:00')
      .do('refuseRequest', { assignment: 1, reason: '属于' })
    assert.equal(story.part(1).dueAt, isoAt('2026-03-09 09:00'))
    assert.equal(story.part(1).request, null)
  })

  it('[I7] only an approved suspension pauses it, by the working time of the pause', () => {
    const story = accepted('2026-03-02 09:00')
      .at('2026-03-03 09:00')
      .do('requestSuspension', { assignment: 1, reason: '等待材料', until: isoAt('2026-03-11 09:00') })
    assert.equal(story.part(1).suspendedAt, null)
    story.at('2026-03-04 09:00').do('approveSuspension', { assignment: 1 })
    assert.equal(story.part(1).suspendedAt, isoAt('2026-03-04 09:00'))
    story.at('2026-03-10 09:00').do('resume', { assignment: 1 })
    // Wednesday to Tuesday: four working days
    assert.equal(story.part(1).pausedMs, 4 * dayMs)
    assert.equal(story.part(1).dueAt, isoAt('2026-03-13 09:00'))
  })

  it('[I7] a suspension ends at the moment that was approved, however late the clock comes round', () => {
    const story = accepted('2026-03-02 09:00')
      .do('requestSuspension', { assignment: 1, reason: '等待材料', until: isoAt('2026-03-04 09:00') })
      .do('approveSuspension', { assignment: 1 })
      .at('2026-03-06 17:00')
      .do('endSuspension', { assignment: 1 })
    assert.equal(story.part(1).pausedMs, 2 * dayMs)
    assert.equal(story.part(1).dueAt, isoAt('2026-03-11 09:00'))
  })

  it('[I7] a clock that was set back brings no deadline nearer', () => {
    const story = accepted('2026-03-02 09:00')
      .do('requestSuspension', { assignment: 1, reason: '等待材料', until: isoAt('2026-03-04 09:00') })
      .at('2026-03-02 12:00')
      .do('approveSuspension', { assignment: 1 })
      .at('2026-03-02 11:00')
      .do('resume', { assignment: 1 })
    assert.equal(story.part(1).pausedMs, 0)
    assert.equal(story.part(1).dueAt, isoAt('2026-03-09 09:00'))
  })

  it('[I7] so it does when somebody else comes first', () => {
    const story = accepted('2026-03-02 09:00')
      .do('requestSuspension', { assignment: 1, reason: '等待材料', until: isoAt('2026-03-04 09:00') })
      .do('approveSuspension', { assignment: 1 })
      .at('2026-03-06 17:00')
      .do('resume', { assignment: 1 })
    assert.equal(story.part(1).pausedMs, 2 * dayMs)
    // a second one adds to it
    story
      .do('requestSuspension', { assignment: 1, reason: '等待材料', until: isoAt('2026-03-11 17:00') })
      .do('approveSuspension', { assignment: 1 })
      .until('2026-03-12 09:00')
    assert.equal(story.part(1).pausedMs, 5 * dayMs)
    assert.equal(story.part(1).dueAt, isoAt('2026-03-16 09:00'))
  })

  it('[I7] a unit that is released while suspended keeps what was paused', () => {
    const story = accepted('2026-03-02 09:00')
      .do('requestSuspension', { assignment: 1, reason: '等待材料', until: isoAt('2026-03-06 09:00') })
      .do('approveSuspension', { assignment: 1 })
      .at('2026-03-03 09:00')
      .do('recall', { assignment: 1, reason: '改派' })
    const { state, suspendedAt, pausedMs } = story.part(1)
    assert.deepEqual([state, suspendedAt, pausedMs], ['released', null, dayMs])
  })

  it('[I7] goes on from where it began when the answer is sent back', () => {
    const story = accepted('2026-03-02 09:00')
      .at('2026-03-05 09:00')
      .do('answer', { assignment: 1, ...answer })
      .at('2026-03-06 09:00')
      .do('sendBack', { reason: '没有说明何时修复' })
    const { state, endedAt, dueAt } = story.part(1)
    assert.deepEqual([state, endedAt, dueAt], ['accepted', null, isoAt('2026-03-09 09:00')])
    assert.equal(story.flow.answer, null)
  })
})

describe('[I12] a deadline that a person names', () => {
  const lead = (dueAt: string) => ({ lead: { unit: unit('jianshe'), dueAt }, assists: [] })
  const triaged = () => new Story('2026-09-28 09:00').do('triage', { category: category() })

  it('lies ahead, within a year, on a working day', () => {
    triaged()
      .refuses('deadline_past', 'dispatch', lead(isoAt('2026-09-28 09:00')))
      .refuses('deadline_past', 'dispatch', lead(isoAt('2026-09-27 09:00')))
      .refuses('deadline_not_working', 'dispatch', lead(isoAt('2026-10-01 09:00')))
      .refuses('deadline_not_working', 'dispatch', lead(isoAt('2026-10-11 09:00')))
      .refuses('deadline_far', 'dispatch', lead(isoAt('2027-10-11 09:00')))
      .do('dispatch', lead(isoAt('2026-10-10 17:00')))
  })

  it('is later than the present one, of an extension', () => {
    const story = accepted('2026-03-02 09:00')
    story.refuses('extension_not_later', 'requestExtension', {
      ...{ assignment: 1, reason: '备件未到' },
      dueAt: isoAt('2026-03-09 09:00'),
    })
    story
      .do('requestExtension', { assignment: 1, reason: '备件未到', dueAt: isoAt('2026-03-12 09:00') })
      .do('approveExtension', { assignment: 1, reason: '情况属实' })
    assert.equal(story.part(1).dueAt, isoAt('2026-03-12 09:00'))
  })

  it('still lies ahead when it is approved', () => {
    accepted('2026-03-02 09:00')
      .do('requestSuspension', { assignment: 1, reason: '等待', until: isoAt('2026-03-03 09:00') })
      .at('2026-03-04 09:00')
      .refuses('deadline_past', 'approveSuspension', { assignment: 1 })
      .do('refuseRequest', { assignment: 1, reason: '已过期' })
      .do('requestExtension', { assignment: 1, reason: '备件', dueAt: isoAt('2026-03-10 09:00') })
      .at('2026-03-10 09:00')
      .refuses('deadline_past', 'approveExtension', { assignment: 1 })
  })
})
