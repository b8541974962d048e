import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Diary, DiaryPage } from '@minqing/core'
import { openPageSet } from './testing/page-set.ts'
import fc from 'fast-check'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { testVillage, type TokenInput } from '../testing/tokens.ts'
import { auditor, chen, li, provincial, refused, stranger, wang, write } from './testing/officers.ts'

let server: TestApp
/** Everything there is, newest first; times repeat, so that the id has to decide. */
let all: Diary[] = []

before(async () => {
  server = await createTestApp()
  all = await openPageSet(server)
})
after(() => server.close())

const ask = async (query: string, as: TokenInput = provincial): Promise<DiaryPage> => {
  const answer = await server.ask(`GET /v1/diaries?${query}`, { as })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json<DiaryPage>()
}

async function walk(query: string, limit: number): Promise<string[]> {
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: DiaryPage = await ask(`${query}&limit=${limit}${cursor && `&cursor=${cursor}`}`)
    assert.ok(page.items.length <= limit)
    assert.equal(page.previous === null, page.items.length === 0)
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.next
  }
  return seen
}

const areas = [
  '33',
  '3306',
  '330683',
  '330683100',
  testVillage,
  `${testVillage}001`,
  `${testVillage}00101`,
  '330683102',
]
const filters: [string, (diary: Diary) => boolean][] = [
  ['', () => true],
  ['&kind=help', ({ kind }) => kind === 'help'],
  ['&tag=水利', ({ tags }) => tags.includes('水利')],
  ['&author=li', ({ author }) => author.id === 'li'],
  ['&q=水', ({ text }) => text.includes('水')],
  ['&q=路灯%2050%25', ({ text }) => text.includes('路灯') && text.includes('50%')],
]

const asksOnce = (chosen: typeof filters) => chosen.filter(([part]) => part.startsWith('&q=')).length < 2

test('any area, filters, direction and page size show exactly what fits, in order, each once', async () => {
  const instants = [...new Set(all.map(({ createdAt }) => createdAt))]
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...areas),
      fc.subarray(filters).filter(asksOnce),
      fc.option(fc.constantFrom(...instants)),
      fc.option(fc.constantFrom(...instants)),
      fc.boolean(),
      fc.integer({ min: 1, max: 30 }),
      async (area, chosen, from, to, newer, limit) => {
        const expected = all.filter(
          (diary) =>
            diary.area.code.startsWith(area) &&
            chosen.every(([, fits]) => fits(diary)) &&
            (from === null || diary.createdAt >= from) &&
            (to === null || diary.createdAt < to),
        )
        if (newer) expected.reverse()
        const query = [
          `area=${area}`,
          ...chosen.map(([part]) => part.slice(1)),
          ...(from === null ? [] : [`from=${from}`]),
          ...(to === null ? [] : [`to=${to}`]),
          ...(newer ? ['direction=newer'] : []),
        ]
        assert.deepEqual(
          await walk(query.filter(Boolean).join('&'), limit),
          expected.map(({ id }) => id),
        )
      },
    ),
    { numRuns: 60 },
  )
})

test('from the first item of a page one can go back to what came before it', async () => {
  const first = await ask('area=330683&limit=10')
  const second = await ask(`area=330683&limit=10&cursor=${first.next}`)
  const back = await ask(`area=330683&limit=10&direction=newer&cursor=${second.previous}`)
  assert.deepEqual(
    back.items.map(({ id }) => id).reverse(),
    first.items.map(({ id }) => id),
  )
})

test('items of a list are the diaries as they are read one by one', async () => {
  for (const item of (await ask('area=330683&limit=5')).items) {
    assert.deepEqual((await server.ask(`GET /v1/diaries/${item.id}`, { as: auditor })).json(), item)
  }
})

test('what is new shows at once, to colleagues too, and never what lies outside the scope', async () => {
  await ask(`area=${testVillage}`)
  const mine = await write(server, { text: '刚写的' })
  for (const area of ['330683', '330683100', testVillage]) {
    assert.equal((await ask(`area=${area}`)).items[0]?.id, mine.id)
  }
  assert.equal((await ask('area=330683&author=me', chen)).items[0]?.id, mine.id)
  assert.ok((await ask('area=330683&author=me', li)).items.every(({ author }) => author.id === 'li'))
  const outside: [string, TokenInput][] = [
    ['330683', stranger],
    ['3306', chen],
    ['330683102', wang],
    ['330683199', auditor],
    ['330604', auditor],
  ]
  for (const [area, as] of outside) {
    refused(await server.ask(`GET /v1/diaries?area=${area}`, { as }), 404, 'area_not_found')
    refused(await server.ask(`GET /v1/diaries?area=${area}&q=a`, { as }), 404, 'area_not_found')
  }
})

test('a page that the browser has already is not sent again', async () => {
  const path = `GET /v1/diaries?area=${testVillage}` as const
  const first = await server.ask(path, { as: chen })
  const etag = String(first.headers['etag'])
  const headers = { 'if-none-match': etag }
  const again = await server.ask(path, { as: wang, headers })
  assert.equal(again.statusCode, 304)
  assert.equal(again.body, '')
  await write(server)
  const changed = await server.ask(path, { as: wang, headers })
  assert.equal(changed.statusCode, 200)
  assert.notEqual(changed.headers['etag'], etag)
})

test('bad queries are refused, each with its code', async () => {
  const bad: [string, string][] = [
    ['area=330683&cursor=nonsense', 'cursor_invalid'],
    [`area=330683&cursor=${'f'.repeat(45)}`, 'cursor_invalid'],
    ['area=330683&limit=0', 'invalid_input'],
    ['area=330683&limit=101', 'invalid_input'],
    ['area=330683&limit=ten', 'invalid_input'],
    ['area=330683&kind=gossip', 'invalid_input'],
    ['area=330683&from=soon', 'invalid_input'],
    ['area=330683&to=2026-06-30T23:59:60Z', 'invalid_input'],
    [`area=330683&q=${'a'.repeat(51)}`, 'invalid_input'],
    [`area=330683&tag=${'a'.repeat(21)}`, 'invalid_input'],
    [`area=330683&author=${'a'.repeat(65)}`, 'invalid_input'],
    [`area=330683&cursor=${'f'.repeat(201)}`, 'invalid_input'],
    ['area=330683&direction=sideways', 'invalid_input'],
    ['area=330683&q=%20', 'invalid_input'],
    ['area=330683&author=%00', 'invalid_input'],
    ['area=330683&colour=red', 'invalid_input'],
    ['area=abc', 'invalid_input'],
    ['', 'invalid_input'],
  ]
  for (const [query, code] of bad) {
    refused(await server.ask(`GET /v1/diaries?${query}`, { as: chen }), 400, code)
  }
})

test('odd but honest queries are answered', async () => {
  const odd = [
    'from=1970-01-01T00:00:00Z',
    'to=9999-12-31T23:59:59Z',
    "tag='%20or%201=1",
    'author=%27',
    `cursor=${'f'.repeat(44)}`,
    `cursor=${'0'.repeat(44)}`,
    `cursor=${'f'.repeat(44)}&direction=newer`,
    `cursor=${'0'.repeat(44)}&q=a`,
  ]
  for (const query of odd) await ask(`area=330683&${query}`)
  assert.equal((await server.ask(`GET /v1/diaries/${randomUUID()}`, { as: chen })).statusCode, 404)
})
