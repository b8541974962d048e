import { expect } from '@open-wc/testing'
import type { Assignment } from '@minqing/core'
import { clockWords } from '../view/clock.ts'
import { WorkCalendar } from './calendar.ts'
import { unitFaces } from './clocks.ts'
import { readHash, writeHash } from './hash.ts'

describe('the address of the tracker', () => {
  it('keeps a view and gives it back, beside what is the host’s to the letter', () => {
    const kept = { view: 'board', state: 'all', order: 'due', asked: true, q: '路灯 & 井盖' } as const
    const hash = writeHash('#/issues?tab=2&x', kept)
    expect(hash.startsWith('#/issues?tab=2&x&mq-')).to.equal(true)
    expect(readHash(hash)).to.deep.include(kept)
    expect(writeHash(hash, { view: 'list', state: 'open', order: 'newest' })).to.equal('#/issues?tab=2&x')
    expect(writeHash('', { view: 'list', state: 'open', order: 'newest' })).to.equal('')
  })

  it('takes no nonsense from it', () => {
    expect(readHash('#section')).to.equal(undefined)
    const read = readHash('#mq-state=stolen&mq-issue=<b>&mq-category=x&mq-view=3d&mq-q=%20')!
    expect([read.state, read.issue, read.category, read.view, read.q]).to.eql([
      'open',
      undefined,
      undefined,
      'list',
      undefined,
    ])
  })
})

describe('clocks [I7]', () => {
  const calendar = new WorkCalendar()
  // 2026: National Day from 1 to 7 October; Saturday 10 October is worked.
  const off = ['01', '02', '03', '04', '05', '06', '07', '11'].map((day) => `2026-10-${day}`)
  calendar.know([{ from: '2026-09-28', to: '2026-10-16', off }])
  const part = (more: Partial<Assignment>): Assignment => ({
    ...{
      id: 1,
      unit: { id: 'zhujian', name: '住建局' },
      role: 'lead',
      state: 'accepted',
      task: null,
      handler: null,
    },
    ...{
      dispatchedAt: '2026-09-30T10:00:00+08:00',
      acceptDueAt: '2026-10-08T10:00:00+08:00',
      acceptAlarm: 0,
    },
    ...{
      dueAt: '2026-10-10T10:00:00+08:00',
      dueAlarm: 0,
      acceptedAt: null,
      endedAt: null,
      suspendedAt: null,
    },
    ...{ resumeAt: null, pausedMs: 0, request: null, reply: null },
    ...more,
  })
  const words = (now: string, more: Partial<Assignment> = {}) =>
    unitFaces(part(more), Date.parse(now), calendar).map(clockWords)

  it('count working time only: holidays stand still, make-up days run', () => {
    expect(words('2026-09-30T10:00:00+08:00')).to.eql(['还剩 3 个工作日'])
    expect(words('2026-10-04T12:00:00+08:00')).to.eql(['还剩 2 个工作日 10 小时'])
    expect(words('2026-10-10T08:58:30+08:00')).to.eql(['还剩 1 小时 1 分钟'])
    expect(words('2026-10-10T09:59:30+08:00', { dueAlarm: 1 })).to.eql(['即将到期，还剩 不足 1 分钟'])
    expect(words('2026-10-12T10:00:00+08:00')).to.eql(['已超期 1 个工作日'])
  })

  it('stand still while suspended, and tell how it ended', () => {
    const suspendedAt = '2026-10-08T10:00:00+08:00'
    expect(words('2026-10-12T00:00:00+08:00', { suspendedAt })).to.eql(['已挂起，剩余 2 个工作日'])
    expect(
      words('2026-10-15T00:00:00+08:00', { state: 'answered', endedAt: '2026-10-09T10:00:00+08:00' }),
    ).to.eql(['按时完成，提前 1 个工作日'])
    expect(words('2026-09-30T11:00:00+08:00', { state: 'offered' }).length).to.equal(2)
    expect(words('2026-09-30T11:00:00+08:00', { state: 'released' })).to.eql([])
  })
})
