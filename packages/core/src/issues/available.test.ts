import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { accessOf, roles, scopeOf, type Access, type Capability, type Grant } from '../policy.ts'
import { actionsFor, concernsUnit, isAuthorized, reaches, targetsOf, unitsIn } from './available.ts'
import { apply, FlowProblem } from './flow/index.ts'
import type { ErrorCode } from '../errors.ts'
import { issueActions, rowOf, type IssueAction } from './table.ts'
import { randomArgs } from './testing/args.ts'
import { china } from './testing/calendar.ts'
import { sample, type Sample } from './testing/sample.ts'
import { Story, accepted, dispatched, person, reviewed } from './testing/story.ts'

const village = '330683100201'
const around = (flow: Story['flow'], reporter = 'chen', area = village) => ({
  ...flow,
  area: { code: area },
  reporter: { id: reporter },
})
const everything = (units: readonly string[]) => (): Access => ({
  areas: ['33'],
  units: units.map((unit) => `330683/${unit}`),
  own: true,
})
const by =
  (...grants: Grant[]) =>
  (capability: Capability) =>
    accessOf(grants, capability)
const handler = (unit: string, area = '330683'): Grant => ({ role: 'handler', area, unit })

/** What `apply` says to an action, tried with every assignment that there is. */
function codesOf(action: IssueAction, { flow, now, random }: Sample): (ErrorCode | 'done')[] {
  const args = randomArgs[action](flow, now, random)
  const ids = concernsUnit(action) ? flow.assignments.map(({ id }) => id) : [0]
  return ids.map((assignment) => {
    try {
      apply(flow, action, { ...args, ...(assignment > 0 ? { assignment } : {}) } as never, {
        at: now,
        actor: person('chen'),
        calendar: china,
      })
      return 'done'
    } catch (error) {
      if (!(error instanceof FlowProblem)) throw error
      return error.code
    }
  })
}

const anySample = fc
  .tuple(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 0, max: 40 }))
  .map(([seed, steps]) => sample(seed, steps))
const allUnits = ['jianshe', 'jiaotong', 'huanbao', 'minzheng', 'chengguan', 'shuiwu']

describe('[I1] what is offered', () => {
  it('is what the life cycle then accepts, and nothing else is', () => {
    fc.assert(
      fc.property(anySample, (one) => {
        const offered = actionsFor(around(one.flow), 'chen', everything(allUnits))
        for (const action of issueActions) {
          const codes = codesOf(action, one)
          if (offered.includes(action)) {
            assert.ok(
              codes.some((code) => code !== 'action_unavailable'),
              `${action} is offered in vain`,
            )
          } else if (rowOf(action).capability !== null) {
            assert.ok(
              codes.every((code) => code === 'action_unavailable'),
              `${action} is kept back`,
            )
          }
        }
      }),
      { numRuns: 1500 },
    )
  })

  it('never is what only the clock or another issue does', () => {
    fc.assert(
      fc.property(anySample, ({ flow }) => {
        for (const action of actionsFor(around(flow), 'chen', everything(allUnits))) {
          assert.notEqual(rowOf(action).capability, null)
        }
      }),
    )
  })

  it('concerns only the assignments of one’s own units, for units', () => {
    const { flow } = dispatched('2026-03-02 09:00', 'complaint', ['shuiwu'])
    const may = (unit: string) => actionsFor(around(flow), 'wang', by(handler(unit)))
    assert.deepEqual(may('jianshe'), ['accept', 'addProgress', 'requestReturn'])
    assert.deepEqual(may('shuiwu'), ['acceptAssist', 'addProgress', 'answerAssist', 'requestReturn'])
    assert.deepEqual(may('jiaotong'), [])
    assert.deepEqual(
      targetsOf('addProgress', flow, ['shuiwu']).map(({ id }) => id),
      [2],
    )
  })

  it('for the reporter is what reporters do', () => {
    const villager: Grant = { role: 'villageOfficer', area: village }
    const { flow } = reviewed('2026-03-02 09:00')
    assert.deepEqual(actionsFor(around(flow), 'chen', by(villager)), ['rate', 'rateUnsolved'])
    assert.deepEqual(actionsFor(around(flow, 'li'), 'chen', by(villager)), [])
    const fresh = new Story('2026-03-02 09:00').flow
    assert.deepEqual(actionsFor(around(fresh), 'chen', by(villager)), ['withdraw'])
    assert.deepEqual(actionsFor(around(fresh, 'li'), 'chen', by(villager)), [])
  })

  it('for a unit that gave it back is nothing, though it may go on reading', () => {
    const { flow } = accepted('2026-03-02 09:00').do('recall', { assignment: 1, reason: '改派' })
    const access = by(handler('jianshe'))
    assert.deepEqual(actionsFor(around(flow), 'wang', access), [])
    assert.ok(reaches(access('issue.read'), around(flow), 'wang'))
  })
})

describe('[I2] an issue is reached', () => {
  const { flow } = dispatched('2026-03-02 09:00')

  it('by its area, by a unit with a part in it, by its reporter', () => {
    const reads = (person: string, ...grants: Grant[]) =>
      reaches(accessOf(grants, 'issue.read'), around(flow), person)
    assert.ok(reads('li', { role: 'leader', area: '330683100' }))
    assert.ok(!reads('li', { role: 'leader', area: '330683101' }))
    assert.ok(reads('wang', handler('jianshe')))
    assert.ok(!reads('wang', handler('jiaotong')))
    // moved to another town, and still told what came of it
    assert.ok(reads('chen', { role: 'gridWorker', area: '330683101201001' }))
    assert.ok(!reads('chen', { role: 'resident', area: village }))
  })

  it('by no unit of the same name in another county', () => {
    assert.ok(!reaches(accessOf([handler('jianshe', '330604')], 'issue.read'), around(flow), 'wang'))
    assert.deepEqual(unitsIn(accessOf([handler('jianshe', '330604')], 'issue.handle'), village), [])
  })

  it('by having reported it no further than reporters go', () => {
    const elsewhere = by({ role: 'dispatcher', area: '330683101' })
    const issue = around(new Story('2026-03-02 09:00').flow)
    assert.deepEqual(actionsFor(issue, 'chen', elsewhere), ['withdraw'])
    assert.ok(!reaches(elsewhere('issue.triage'), issue, 'chen'))
    // also for a widget that knows only that the person holds the capability somewhere
    const own = { areas: [], units: [], own: true }
    assert.ok(!isAuthorized('triage', issue, 'chen', own))
    assert.ok(isAuthorized('rate', issue, 'chen', own))
  })

  it('by every role as its grants say', () => {
    const codes = ['33', '330683', '330683100', village, '330683101', '330604']
    fc.assert(
      fc.property(
        fc.constantFrom(...roles),
        fc.constantFrom(...codes),
        fc.constantFrom(...issueActions),
        (role, area, action) => {
          const { capability, side } = rowOf(action)
          if (capability === null) return
          const grant = { role, area }
          const issue = around(flow, 'somebody')
          const holds = scopeOf([grant], capability).some((code) => village.startsWith(code))
          const expected = action !== 'withdraw' && side !== 'unit' && holds
          assert.equal(isAuthorized(action, issue, 'chen', accessOf([grant], capability)), expected)
        },
      ),
    )
  })
})
