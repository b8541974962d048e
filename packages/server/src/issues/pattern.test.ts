import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Issue, IssueEvent } from '@minqing/core'
import { refused } from '../diaries/testing/officers.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import type { TokenInput } from '../testing/tokens.ts'
import * as people from './testing/people.ts'
import { verifyChains } from './verify/verify.ts'

const { addCatalogue, attempt, builder, center, chen, doing, report } = people

let server: TestApp
before(async () => {
  server = await createTestApp({ clockWorker: false })
  await addCatalogue(server)
})
after(async () => {
  const faults: unknown[] = []
  await verifyChains(server.databaseUrl, (fault) => faults.push(fault))
  await server.close()
  assert.deepEqual(faults, [])
})

const read = async ({ id }: Pick<Issue, 'id'>, as: TokenInput = center) =>
  (await server.ask(`GET /v1/issues/${id}`, { as })).json<Issue>()
const eventsOf = async ({ id }: Pick<Issue, 'id'>) =>
  (await server.ask(`GET /v1/issues/${id}/events`, { as: center })).json<{ items: IssueEvent[] }>().items
const merge = async (child: Issue, main: Pick<Issue, 'id'>) =>
  doing(server, await read(child), 'merging', center, { main: main.id })

describe('[I11] one kind of matter', () => {
  it('is handled once, and each of its residents is answered', async () => {
    const main = await report(server)
    const [first, second, third] = [await report(server), await report(server), await report(server)]
    for (const child of [first, second, third]) await merge(child, main)
    const merged = await read(first)
    assert.deepEqual([merged.state, merged.pattern], ['merged', { main: main.id, children: 0 }])
    assert.deepEqual((await read(main)).pattern, { main: main.id, children: 3 })
    const listed = await server.ask(`GET /v1/issues?area=330683&pattern=${main.id}`, { as: center })
    assert.equal(listed.json<{ items: Issue[] }>().items.length, 4)

    const out = await doing(server, await read(third), 'splitting', center, { reason: '不是一回事' })
    assert.deepEqual([out.state, out.pattern], ['triaged', null])
    assert.equal((await read(main)).pattern?.children, 2)

    const own = await doing(server, await read(second), 'own-reply', center, {
      text: '您家门口的先修',
      outcome: 'solved',
    })
    assert.deepEqual([own.state, own.answer?.text], ['awaitingRating', '您家门口的先修'])

    let now = await doing(server, await read(main), 'triage', center, { category: '0103' })
    now = await doing(server, now, 'dispatch', center, { lead: { unit: 'jianshe' } })
    now = await doing(server, now, 'acceptance', builder)
    now = await doing(server, now, 'answer', builder, { text: '全部换新。' })
    now = await doing(server, now, 'answer-approval', center)
    assert.equal(now.state, 'awaitingRating')
    const inherited = await read(first)
    assert.deepEqual([inherited.state, inherited.answer?.text], ['awaitingRating', '全部换新。'])
    assert.equal((await read(second)).answer?.text, '您家门口的先修')
    assert.deepEqual(
      (await eventsOf(main)).map(({ action }) => action),
      [
        'submit',
        'merge',
        'merge',
        'merge',
        'split',
        'triage',
        'dispatch',
        'accept',
        'answer',
        'approveAnswer',
      ],
    )
    assert.equal((await eventsOf(first)).at(-1)?.action, 'inheritAnswer')

    const rated = await doing(server, inherited, 'rating', chen, { stars: 4, solved: true })
    assert.equal(rated.state, 'closed')
    assert.equal((await read(main)).state, 'awaitingRating')
    const unsolved = await doing(server, await read(second), 'rating', chen, { stars: 1, solved: false })
    assert.deepEqual([unsolved.state, unsolved.pattern], ['triaged', null])
    assert.equal((await read(main)).pattern?.children, 1)
  })

  it('does not take in what cannot be handled together', async () => {
    const main = await report(server)
    const child = await merge(await report(server), main)
    const other = await report(server)
    const into = (issue: Issue, id: string, as = center) =>
      attempt(server, issue, 'merging', as, { main: id })
    refused(await into(other, other.id), 409, 'pattern_closed')
    refused(await into(other, child.id), 409, 'pattern_closed')
    refused(await into(await read(main), other.id), 409, 'pattern_has_children')
    refused(await into(child, other.id), 409, 'action_unavailable')
    refused(await into(other, '00000000-0000-4000-8000-000000000000'), 404, 'not_found')
    refused(await into(other, main.id, people.otherCenter), 404, 'not_found')
    refused(
      await attempt(server, await read(main), 'refusal', center, { reason: 'x' }),
      409,
      'pattern_has_children',
    )
    refused(await attempt(server, await read(main), 'withdrawal', chen), 409, 'pattern_has_children')
    const closed = await doing(server, await report(server), 'refusal', center, { reason: 'x' })
    refused(await into(other, closed.id), 409, 'pattern_closed')
    const foreign = await report(server, { area: '330683102201' }, people.li)
    const town: TokenInput = { sub: 'gan', name: '甘', grants: [{ role: 'dispatcher', area: '330683100' }] }
    refused(await into(other, foreign.id, town), 404, 'not_found')
    assert.deepEqual(await read(other), other)
  })

  it('takes in no more than can be answered at once', async () => {
    const [main, child] = [await report(server), await report(server)]
    const full = JSON.stringify({ pattern: { main: main.id, children: 500 } })
    await server.owner.query('update issue set flow = flow || $2::jsonb where id = $1', [main.id, full])
    refused(await attempt(server, child, 'merging', center, { main: main.id }), 409, 'pattern_closed')
    await server.owner.query(`update issue set flow = flow || '{"pattern": null}' where id = $1`, [main.id])
  })

  it('many at once come, go and are answered without waiting for each other for ever', async () => {
    for (let round = 0; round < 3; round++) {
      const main = await report(server)
      const children = await Promise.all([1, 2, 3, 4, 5].map(() => report(server)))
      const merged = await Promise.all(
        children.map((child) => attempt(server, child, 'merging', center, { main: main.id })),
      )
      assert.deepEqual(
        merged.map(({ statusCode }) => statusCode),
        [200, 200, 200, 200, 200],
      )
      let now = await doing(server, await read(main), 'triage', center, { category: '0103' })
      now = await doing(server, now, 'dispatch', center, { lead: { unit: 'jianshe' } })
      now = await doing(server, now, 'acceptance', builder)
      now = await doing(server, now, 'answer', builder, { text: '换新。' })
      const [a, b] = await Promise.all(children.slice(0, 2).map((child) => read(child)))
      const [approved, ...left] = await Promise.all([
        attempt(server, now, 'answer-approval', center),
        attempt(server, a!, 'splitting', center),
        attempt(server, b!, 'splitting', center),
      ])
      // who comes first wins; the count is right either way
      assert.ok([200, 412].includes(approved.statusCode), approved.body)
      for (const answer of left) assert.ok([200, 409, 412].includes(answer.statusCode), answer.body)
      const after = await read(main)
      const { rows } = await server.owner.query<{ count: number }>(
        'select count(*)::int as count from issue where pattern_main = $1 and id <> $1',
        [main.id],
      )
      assert.equal(after.pattern?.children ?? 0, rows[0]!.count)
    }
    const [one, two] = [await report(server), await report(server)]
    const crossed = await Promise.all([
      attempt(server, one, 'merging', center, { main: two.id }),
      attempt(server, two, 'merging', center, { main: one.id }),
    ])
    assert.equal(
      crossed.filter(({ statusCode }) => statusCode === 200).length,
      1,
      crossed.map(({ body }) => body).join(),
    )
  })
})
