import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Issue } from '@minqing/core'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { addCatalogue, answeredIssue, center, doing, report } from '../testing/people.ts'
import { faultLine } from './faults.ts'
import { verifyChains } from './verify.ts'

let server: TestApp
let issue: Issue
let other: Issue
before(async () => {
  server = await createTestApp({ clockWorker: false })
  await addCatalogue(server)
})
after(() => server.close())
beforeEach(async () => {
  await forced('delete from issue_event', 'delete from issue', 'delete from issue_number')
  issue = await doing(server, await answeredIssue(server), 'answer-approval', center)
  other = await report(server)
})

/** As somebody who owns the database and has taken its locks off. */
async function forced(...statements: string[]): Promise<void> {
  const client = await server.owner.connect()
  try {
    for (const statement of [
      'begin',
      'alter table issue_event disable trigger user',
      ...statements,
      'alter table issue_event enable trigger user',
      'commit',
    ]) {
      await client.query(statement)
    }
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

async function faults(): Promise<string[]> {
  const lines: string[] = []
  await verifyChains(server.databaseUrl, (fault) => lines.push(faultLine(fault)))
  return lines.map((line) => line.replace(issue.number, 'ONE').replace(other.number, 'OTHER'))
}
const ofIssue = () => `issue_id = '${issue.id}'`

describe('[I14] the verification of events', () => {
  it('finds nothing where nothing is wrong', async () => {
    const verified = await verifyChains(server.databaseUrl, () => assert.fail('a fault'))
    assert.deepEqual(verified, { issues: 2, events: 7, faults: 0 })
  })

  it('the database itself lets nobody change an event, not even its owner', async () => {
    for (const statement of [
      `update issue_event set data = '{}'`,
      'delete from issue_event',
      'truncate issue_event cascade',
      `delete from issue where id = '${issue.id}'`,
    ]) {
      await assert.rejects(server.owner.query(statement), /only ever added/, statement)
    }
    for (const statement of [
      `update issue_event set data = '{}'`,
      'delete from issue_event',
      'delete from issue',
      `update issue set text = 'x'`,
      `update issue set number = 'x'`,
      'select * from issue_number',
    ]) {
      await assert.rejects(
        server.owner.query(`begin; set local role minqing_app; ${statement}`),
        /permission denied/,
        statement,
      )
      await server.owner.query('rollback')
    }
  })

  const altered: [string, string][] = [
    ['the words of an event', `data = data || '{"text": "没有换"}'`],
    ['who did it', `actor_name = '别人'`],
    ['when it was done', `at = at + interval '1 hour'`],
    ['what it was', `action = 'remind'`],
  ]
  for (const [what, change] of altered) {
    it(`finds ${what} altered`, async () => {
      await forced(`update issue_event set ${change} where ${ofIssue()} and seq = 5`)
      assert.deepEqual(await faults(), ['hash    ONE event 5: it is not what was sealed'])
    })
  }

  it('finds one deleted in the middle', async () => {
    await forced(`delete from issue_event where ${ofIssue()} and seq = 3`)
    const found = await faults()
    assert.ok(found.includes('gap     ONE event 4: event 3 should stand here'), found.join('\n'))
  })

  it('finds the last one deleted', async () => {
    await forced(`delete from issue_event where ${ofIssue()} and seq = 6`)
    assert.deepEqual(await faults(), [
      'head    ONE: 6 events were written, 5 are there',
      'head    ONE: its state is not where its events end',
    ])
  })

  it('finds the last one deleted, and the issue set back to it', async () => {
    await forced(
      `delete from issue_event where ${ofIssue()} and seq = 6`,
      `update issue set version = 5, state = 'answered' where id = '${issue.id}'`,
    )
    assert.deepEqual(await faults(), ['head    ONE: its last event is another one'])
  })

  it('finds two that changed their places', async () => {
    await forced(
      `update issue_event set seq = 104 where ${ofIssue()} and seq = 4`,
      `update issue_event set seq = 4 where ${ofIssue()} and seq = 5`,
      `update issue_event set seq = 5 where ${ofIssue()} and seq = 104`,
    )
    const found = await faults()
    assert.ok(found.includes('hash    ONE event 4: it is not what was sealed'), found.join('\n'))
    assert.ok(found.includes('hash    ONE event 5: it is not what was sealed'))
  })

  it('finds one that was slipped in', async () => {
    const columns =
      'county, issue_id, seq, action, at, actor_id, actor_name, from_state, to_state, data, hash'
    await forced(
      `insert into issue_event (${columns}) select county, issue_id, 7, 'remind', at, actor_id, actor_name, to_state,
        to_state, '{}', sha256('x') from issue_event where ${ofIssue()} and seq = 6`,
    )
    assert.deepEqual(await faults(), [
      'hash    ONE event 7: it is not what was sealed',
      'head    ONE: 6 events were written, 7 are there',
    ])
  })

  it('finds a whole issue deleted, the first and the last of a day', async () => {
    await forced(`delete from issue where id = '${issue.id}'`)
    assert.deepEqual(await faults(), ['number  ONE: the issue of this number is gone'])
    await forced(`delete from issue where id = '${other.id}'`)
    assert.deepEqual(await faults(), [
      'number  ONE: the issue of this number is gone',
      'number  OTHER: the issue of this number is gone',
    ])
  })

  it('finds what was reported changed, and a state set by hand', async () => {
    await forced(`update issue set text = '没事' where id = '${issue.id}'`)
    assert.deepEqual(await faults(), ['content ONE: what was reported has been changed'])
    await forced(`update issue set state = 'closed' where id = '${other.id}'`)
    assert.equal((await faults()).length, 2)
  })
})
