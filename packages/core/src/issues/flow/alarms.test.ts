import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nextTick } from './index.ts'
import { at, china, isoAt } from '../testing/calendar.ts'
import { Story, accepted, answer, category, dispatched, reviewed } from '../testing/story.ts'

const ofUnit = ({ steps }: Story) =>
  steps.filter(({ event }) => event.data['clock'] === 'due').map(({ event }) => event.action)
const next = ({ flow }: Story) => {
  const tick = nextTick(flow, china)
  return tick && [tick.action, new Date(tick.at).toISOString()]
}

describe('[I8] alarms', () => {
  it('come after three quarters of the time, at its end, and on the three working days after it', () => {
    const story = new Story('2026-03-02 00:00')
    const heard: unknown[] = []
    for (let tick = nextTick(story.flow, china); tick; tick = nextTick(story.flow, china)) {
      heard.push([tick.action, new Date(tick.at).toISOString()])
      story.now = tick.at
      story.do(tick.action, tick.args as never)
    }
    assert.deepEqual(heard, [
      // Thursday, 18:00: three and three quarters of five days
      ['warn', isoAt('2026-03-05 18:00')],
      // five working days are over when Friday is
      ['breach', isoAt('2026-03-07 00:00')],
      ['chase', isoAt('2026-03-10 00:00')],
      ['chase', isoAt('2026-03-11 00:00')],
      ['chase', isoAt('2026-03-12 00:00')],
    ])
  })

  it('remind a unit to accept within a day', () => {
    const story = dispatched('2026-03-02 09:00').until('2026-03-03 09:00')
    assert.deepEqual(story.actions.slice(2), ['warn', 'breach'])
    assert.deepEqual(story.last.event.data['clock'], 'accept')
    assert.deepEqual(story.last.notices, [
      { to: { unit: 'jianshe' }, type: 'breached' },
      { to: { desk: 'dispatch' }, type: 'breached' },
    ])
  })

  it('are silent while the clock is paused, and count a warning from what is left', () => {
    const story = accepted('2026-03-02 09:00')
      .do('requestSuspension', { assignment: 1, reason: '等待', until: isoAt('2026-03-13 09:00') })
      .do('approveSuspension', { assignment: 1 })
      .until('2026-03-13 09:00')
    assert.deepEqual(ofUnit(story), [])
    assert.equal(story.part(1).dueAt, isoAt('2026-03-20 09:00'))
    story.until('2026-03-20 09:00')
    const warned = story.steps.find(({ event }) => event.data['clock'] === 'due')
    assert.equal(warned?.event.action, 'warn')
    // a quarter of five days before the end, not of the fourteen that have passed
    const quiet = accepted('2026-03-02 09:00')
      .do('requestSuspension', { assignment: 1, reason: '等待', until: isoAt('2026-03-13 09:00') })
      .do('approveSuspension', { assignment: 1 })
      .until('2026-03-19 02:59')
    assert.deepEqual(ofUnit(quiet), [])
    assert.deepEqual(ofUnit(quiet.until('2026-03-19 03:00')), ['warn'])
  })

  it('may be heard once more of a later deadline', () => {
    const story = accepted('2026-03-02 09:00').until('2026-03-09 10:00')
    assert.deepEqual(ofUnit(story), ['warn', 'breach'])
    story
      .do('requestExtension', { assignment: 1, reason: '备件', dueAt: isoAt('2026-03-20 09:00') })
      .do('approveExtension', { assignment: 1 })
      .until('2026-04-20 09:00')
    assert.deepEqual(ofUnit(story), ['warn', 'breach', 'warn', 'breach', 'chase', 'chase', 'chase'])
  })

  it('do not warn of what has long been missed, nor make up for chasers one by one', () => {
    const story = accepted('2026-03-02 09:00')
      .at('2026-03-03 09:00')
      .do('answer', { assignment: 1, ...answer })
      .at('2026-03-30 09:00')
      .do('sendBack', { reason: '重新答复' })
    for (let tick = nextTick(story.flow, china); tick && tick.at <= story.now;) {
      story.do(tick.action, tick.args as never)
      tick = nextTick(story.flow, china)
    }
    assert.deepEqual(ofUnit(story), ['breach', 'chase'])
  })

  it('do not begin anew with another category when the deadline stays', () => {
    const story = new Story('2026-03-02 09:00').until('2026-03-10 09:00')
    const { alarm } = story.flow.residentClock
    story.do('triage', { category: category('complaint') })
    assert.equal(story.flow.residentClock.alarm, alarm)
    assert.equal(alarm, 3)
    // with a later one they do
    story.do('triage', { category: category('complex') })
    assert.deepEqual(next(story), ['warn', isoAt('2026-03-16 03:00')])
  })

  it('do not warn once more when the later deadline is near already, or over', () => {
    const near = accepted('2026-03-02 09:00')
      .until('2026-03-09 08:00')
      .do('requestExtension', { assignment: 1, reason: '备件', dueAt: isoAt('2026-03-10 09:00') })
      .do('approveExtension', { assignment: 1 })
      .until('2026-03-10 09:00')
    assert.deepEqual(ofUnit(near), ['warn', 'breach'])
    const over = new Story('2026-03-02 09:00')
      .until('2026-03-06 12:00')
      .do('triage', { category: category('help') })
    assert.deepEqual(over.actions, ['warn', 'triage'])
    assert.deepEqual(next(over), ['breach', isoAt('2026-03-05 09:00')])
  })

  it('never come early and never twice, whoever asks', () => {
    const story = new Story('2026-03-02 09:00')
    story.refuses('action_unavailable', 'warn', { clock: 'resident' })
    story.until('2026-03-06 09:00')
    story
      .refuses('action_unavailable', 'warn', { clock: 'resident' })
      .refuses('action_unavailable', 'breach', { clock: 'resident' })
      .refuses('action_unavailable', 'warn', { clock: 'due', assignment: 7 })
  })

  it('end with the matter', () => {
    const story = reviewed('2026-03-02 09:00')
    assert.deepEqual(next(story), ['closeUnrated', isoAt('2026-03-09 09:00')])
    story.until('2026-03-09 09:00')
    assert.equal(next(story), undefined)
    assert.ok(story.now >= at('2026-03-09 09:00'))
  })
})
