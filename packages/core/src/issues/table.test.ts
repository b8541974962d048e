import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ErrorCode } from '../errors.ts'
import type { Operation } from '../internal/operation.ts'
import { actionOperations } from './action-operations.ts'
import { issueActions, rowOf, transitions, type IssueAction } from './table.ts'
import { guardProblems, type Transition } from './transition.ts'
import { issueStates, type IssueState } from './words.ts'

/** Rows that share an operation with another: the server tells by the assignment, the request or the answer. */
const operationOf: Partial<Record<IssueAction, keyof typeof actionOperations>> = {
  acceptAssist: 'accept',
  answerAssist: 'answer',
  approveReturn: 'approve',
  approveAssistReturn: 'approve',
  approveSuspension: 'approve',
  approveExtension: 'approve',
  rateUnsolved: 'rate',
}
const rows = Object.entries<Transition>(transitions) as [IssueAction, Transition][]
const manual = rows.filter(([, { capability }]) => capability !== null)

describe('[I1] the table of the life cycle', () => {
  it('names only states that there are, and leads everywhere', () => {
    const reached = new Set<IssueState>(['submitted', 'awaitingRating'])
    for (const [action, { from, to, orTo }] of rows) {
      assert.ok(from.length > 0 && from.every((state) => issueStates.includes(state)), action)
      for (const state of [to, orTo]) if (state) reached.add(state)
    }
    assert.deepEqual([...reached].sort(), [...issueStates].sort())
  })

  it('has a way to the end from every state', () => {
    const ends = new Set<IssueState>(['closed'])
    for (let before = 0; before < ends.size;) {
      before = ends.size
      for (const [, { from, to }] of rows) if (to && ends.has(to)) for (const state of from) ends.add(state)
    }
    assert.deepEqual([...ends].sort(), [...issueStates].sort())
  })

  it('has an operation for everything that a person does, with the same capability', () => {
    for (const [action, { capability }] of manual) {
      const operation: Operation | undefined =
        actionOperations[operationOf[action] ?? (action as keyof typeof actionOperations)]
      assert.equal(operation?.capability, capability, action)
      assert.equal(operation?.ifMatch, true, action)
    }
    const named = new Set(manual.map(([action]) => operationOf[action] ?? action))
    assert.deepEqual([...named].sort(), Object.keys(actionOperations).sort())
  })

  it('the operation tells the codes of every guard', () => {
    for (const [action, { guards = [] }] of manual) {
      const { errors }: { errors: readonly ErrorCode[] } =
        actionOperations[operationOf[action] ?? (action as keyof typeof actionOperations)]
      for (const code of guards.flatMap((guard) => guardProblems[guard])) {
        assert.ok(errors.includes(code), `${action}: ${code}`)
      }
    }
  })

  it('gives a reporter’s or unit’s action to nobody else', () => {
    for (const action of issueActions) {
      const { side, capability } = rowOf(action)
      assert.equal(side === 'unit', capability === 'issue.handle', action)
      assert.equal(side === 'clock' || side === 'pattern', capability === null, action)
    }
  })
})
