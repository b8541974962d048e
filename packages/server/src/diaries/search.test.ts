import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { DiaryPage } from '@minqing/core'
import fc from 'fast-check'
import { seedDiaries } from '../demo/diaries/seed.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { fold } from '../internal/fold.ts'
import { auditor, chen, stranger, wang, write } from './testing/officers.ts'

let server: TestApp
let texts: { id: string; text: string; area_code: string }[]

const odd = [
  '折扣 50% 起,文件名 a_b_c,路径 C:\\temp',
  'ＡＢＣ公司①号车间',
  'ΟΔΟΣ και ΟΔΟΣ',
  '𠮷野家门口 👨‍👩‍👧 一家三口',
  '引号 \' 和 " 还有 & | ! ( ) : * <->',
  '最后一个字:终',
  'Nguyễn 与 café',
]

before(async () => {
  server = await createTestApp()
  await seedDiaries(server.databaseUrl, { diaries: 3000, end: new Date('2026-11-24T08:00:00Z') })
  for (const text of odd) await write(server, { text })
  const { rows } = await server.owner.query<(typeof texts)[number]>(
    'select id, text, area_code from diary order by created_at desc, id desc',
  )
  texts = rows
})
after(() => server.close())

async function found(q: string, area = '330683', more = ''): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const from = cursor && `&cursor=${cursor}`
    const path = `GET /v1/diaries?area=${area}&limit=100&q=${encodeURIComponent(q)}${more}${from}` as const
    const answer = await server.ask(path, { as: auditor })
    assert.equal(answer.statusCode, 200, answer.body)
    const page: DiaryPage = answer.json()
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.next
  }
  return ids
}

const expected = (q: string, area = '330683') =>
  texts.filter(({ text, area_code }) => area_code.startsWith(area) && holds(text, q)).map(({ id }) => id)
const holds = (text: string, q: string) =>
  fold(q)
    .split(/\s+/u)
    .filter(Boolean)
    .every((word) => fold(text).includes(word))

test('[S3] recall 1.00: any piece of any text, of one character or more, finds all that hold it, newest first', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.nat(),
      fc.integer({ min: 1, max: 12 }),
      fc.boolean(),
      async (which, at, length, rare) => {
        const from = rare ? texts.filter(({ text }) => odd.includes(text)) : texts
        const { text } = from[which % from.length]!
        const letters = [...text]
        const start = at % letters.length
        const piece = letters.slice(start, start + length).join('')
        fc.pre(/\S/.test(piece) && piece.length <= 50)
        assert.deepEqual(await found(piece), expected(piece))
      },
    ),
    { numRuns: 80 },
  )
})

test('common and rare words, single letters, punctuation and words joined by blanks are all found', async () => {
  for (const q of [
    '老',
    '老人',
    '。',
    '香榧',
    '自来水发黄',
    '老人 血压',
    '%',
    '_',
    '\\',
    "'",
    '终',
    'abc',
    '1号',
    'οδος',
    '不存在的词',
  ]) {
    assert.deepEqual(await found(q), expected(q), q)
  }
})

test('a search keeps to its area and combines with the other filters', async () => {
  const [area] = texts.map(({ area_code }) => area_code.slice(0, 9))
  assert.deepEqual(await found('老', area), expected('老', area))
  const help = await found('请教', '330683', '&kind=help')
  const { rows } = await server.owner.query<{ id: string }>(
    `select id from diary where kind = 'help' and text like '%请教%' order by created_at desc, id desc`,
  )
  assert.deepEqual(
    help,
    rows.map(({ id }) => id),
  )
})

test('what cannot be seen cannot be searched', async () => {
  const { id } = await write(server, { text: '独一无二的暗号', area: '330683100201' })
  const search = (as: typeof wang, area: string) =>
    server.ask(`GET /v1/diaries?area=${area}&q=${encodeURIComponent('暗号')}`, { as })
  assert.deepEqual(
    (await search(chen, '330683')).json<DiaryPage>().items.map((item) => item.id),
    [id],
  )
  assert.equal((await search(stranger, '330683')).statusCode, 404)
  assert.deepEqual((await search(stranger, '330604')).json<DiaryPage>().items, [])
  await server.ask(`DELETE /v1/diaries/${id}`, { as: chen, headers: { 'if-match': '"1"' } })
  assert.deepEqual((await search(chen, '330683')).json<DiaryPage>().items, [])
})

test('an edited text is found by what it says now', async () => {
  const { id } = await write(server, { text: '旧词甲乙' })
  const change = { as: chen, headers: { 'if-match': '"1"' }, body: { text: '新词丙丁' } }
  await server.ask(`PATCH /v1/diaries/${id}`, change)
  assert.deepEqual(await found('甲乙'), [])
  assert.deepEqual(await found('丙丁'), [id])
})
