import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { PhotoTickets } from './tickets.ts'

const tickets = new PhotoTickets(Buffer.alloc(32, 7))
const reachOf = (actor: string, scope = ['330683103', '330683104201']) => ({
  diaries: { actor, scope },
  issues: { actor, scope: ['330683103201'], units: ['330683/jianshe', '330683/shuili'] },
})
const guard = reachOf('chen')
const minutes = (count: number) => count * 60_000

describe('photo ticket', () => {
  test('opens what it was made for, for 30 to 60 minutes', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        (now) => {
          const { ticket, expiresAt } = tickets.issue(guard, now)
          const left = expiresAt.getTime() - now.getTime()
          assert.ok(left > minutes(30) && left <= minutes(60))
          assert.deepEqual(tickets.read(ticket, now), { ...guard, expiresAt })
          assert.equal(tickets.read(ticket, expiresAt), undefined)
        },
      ),
    )
  })

  test('stays the same for half an hour, whatever the order of the scope, so that browsers cache', () => {
    const at = new Date('2026-03-01T10:00:00Z')
    const { ticket } = tickets.issue(guard, at)
    const reordered = reachOf('chen', ['330683104201', '330683103'])
    assert.equal(tickets.issue(reordered, new Date(at.getTime() + minutes(29))).ticket, ticket)
    assert.notEqual(tickets.issue(guard, new Date(at.getTime() + minutes(30))).ticket, ticket)
    assert.notEqual(tickets.issue(reachOf('wang'), at).ticket, ticket)
  })

  test('cannot be forged, changed or made with another key', () => {
    const now = new Date()
    const { ticket } = tickets.issue(guard, now)
    const [, signature] = ticket.split('.')
    const wider = Buffer.from(JSON.stringify([now.getTime() + 1e9, 'chen', ['33']])).toString('base64url')
    const other = new PhotoTickets(Buffer.alloc(32, 8)).issue(guard, now).ticket
    for (const forged of [
      '',
      '.',
      'x'.repeat(40),
      `${wider}.${signature}`,
      other,
      `${ticket}.x`,
      ticket.slice(0, -1),
    ]) {
      assert.equal(tickets.read(forged, now), undefined, forged)
    }
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => tickets.read(text, now) === undefined))
  })
})
