import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, afterEach, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CatalogueImport, Category, Grant, Unit } from '@minqing/core'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { importOf, toGbk } from './testing/files.ts'

const county = '330683'
const administrator = { sub: 'admin', grants: [{ role: 'administrator', area: county }] as Grant[] }
let server: TestApp
before(async () => {
  server = await createTestApp()
})
after(() => server.close())
afterEach(async () => {
  for (const table of ['category_unit', 'category', 'unit', 'catalogue_import']) {
    await server.owner.query(`delete from ${table}`)
  }
})

async function status(id: string, as = administrator): Promise<CatalogueImport> {
  const answer = await server.ask(`GET /v1/catalogue-imports/${id}`, { as })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json<CatalogueImport>()
}

/** Imports, looking on until it is over. */
async function take(
  file: string | Buffer,
  more: object = {},
  as = administrator,
): Promise<CatalogueImport & { seen: Set<number> }> {
  const id = randomUUID()
  const begun = await server.ask('POST /v1/catalogue-imports', { as, body: importOf(id, file, more) })
  assert.equal(begun.statusCode, 201, begun.body)
  assert.equal(begun.json<CatalogueImport>().state, 'running')
  const seen = new Set<number>()
  for (;;) {
    const now = await status(id, as)
    seen.add(now.done)
    if (now.state !== 'running') return { ...now, seen }
    await sleep(20)
  }
}

const read = async <T>(what: 'categories' | 'units'): Promise<T[]> =>
  (await server.ask(`GET /v1/${what}?county=${county}`, { as: administrator })).json<{ items: T[] }>().items
const categories = () => read<Category>('categories')
const units = () => read<Unit>('units')

const header = 'code,name,kind,days,words,area,unit,unitName\n'
const good =
  `${header}01,城乡建设,help,,,,zhujian,住建局\n0101,市政设施,求助,,路灯坏了|井盖,,,\n` +
  '010101,路灯,help,2,"路灯|灯,不亮",330683100,ganlin,甘霖镇中心\n010101,,,,,330683102,zhujian,\n'

describe('the import of a catalogue', () => {
  it('takes categories, units and who takes what where', async () => {
    const done = await take(good)
    assert.deepEqual(
      { ...done, seen: undefined, id: undefined, startedAt: undefined },
      {
        ...{ id: undefined, state: 'done', code: null, total: 4, done: 4, taken: 4, rejectedCount: 0 },
        ...{ rejected: [], startedAt: undefined, seen: undefined },
      },
    )
    const [top, group, leaf] = await categories()
    assert.equal(top!.units[0]!.unit, 'zhujian')
    assert.deepEqual(group!.words, ['路灯坏了', '井盖'])
    assert.deepEqual([leaf!.days, leaf!.words, leaf!.parent], [2, ['路灯', '灯,不亮'], '0101'])
    assert.deepEqual(leaf!.units, [
      { area: '330683100', unit: 'ganlin' },
      { area: '330683102', unit: 'zhujian' },
    ])
    assert.deepEqual(
      (await units()).map(({ id, area, kind }) => [id, area, kind]),
      [
        ['zhujian', county, 'department'],
        ['ganlin', '330683100', 'town'],
      ],
    )
    const full = await server.owner.query(`select full_name from category where code = '010101'`)
    assert.deepEqual(full.rows, [{ full_name: '城乡建设 / 市政设施 / 路灯' }])
  })

  it('changes nothing when the same file comes again, and renames what a new one renames', async () => {
    await take(good)
    const before = [await categories(), await units()]
    assert.equal((await take(good)).taken, 4)
    assert.deepEqual([await categories(), await units()], before)
    await take(`${header}01,建设,help,,,,zhujian,住房和城乡建设局\n`)
    const full = await server.owner.query(`select full_name from category where code = '010101'`)
    assert.deepEqual(full.rows, [{ full_name: '建设 / 市政设施 / 路灯' }])
    assert.equal((await units())[0]!.name, '住房和城乡建设局')
  })

  it('reads UTF-8 with a BOM, GBK, and Chinese headers, tabs and CRLF', async () => {
    const text =
      '类别编码,类别名称,事项类型,办理时限,关键词,区域,承办单位编码,承办单位\r\n11,水电气,投诉,5,停水|停电,,shuiwu,水务集团\r\n'
    for (const file of [`\ufeff${text}`, toGbk(text), text.replaceAll(',', '\t')]) {
      assert.equal((await take(file)).taken, 1)
      const [found] = await categories()
      assert.deepEqual(
        [found!.name, found!.kind, found!.days, found!.words],
        ['水电气', 'complaint', 5, ['停水', '停电']],
      )
      assert.equal((await units())[0]!.name, '水务集团')
      await server.owner.query('delete from category_unit')
      await server.owner.query('delete from category')
    }
  })

  it('takes the good rows and lists the bad ones with line, column, rule and value', async () => {
    const rows = [
      '01,城乡建设,help,,,,zhujian,住建局',
      ',没有编码,help,,,,,',
      '1,奇数,help,,,,,',
      '0201,没有上级,help,,,,,',
      '0101,市政,紧急,,,,,',
      '0102,时限,help,0,,,,',
      `0103,${'长'.repeat(41)},help,,,,,`,
      '0104,词,help,,这个词实在是太长了太长了太长了太长了太长了,,,',
      '0105,不明单位,help,,,,nobody,',
      '0106,区域,help,,,330683999,zhujian,',
      '0107,邻县,help,,,330604,zhujian,',
      '0108,区域形状,help,,,33068,zhujian,',
      '01,城建,help,,,,,',
      '01,,,,,,zhujian,',
      '0109,"带逗号,和""引号""",help,,,,zhujian,别的名字',
      '0110,单位形状,help,,,,住建,住建局',
      '0111,,,,,,zhujian,',
      '0112',
      '0113,类型缺失,,,,,,',
      '0114,好的,help,,好,,,',
    ]
    const done = await take(header + rows.join('\n'))
    assert.equal(done.state, 'done')
    assert.equal(done.total, 20)
    assert.equal(done.taken, 2)
    assert.equal(done.rejectedCount, 18)
    assert.deepEqual(
      done.rejected.map(({ line, column, rule }) => `${line} ${column} ${rule}`),
      [
        ...['3 code missing', '4 code shape', '5 code unknownParent', '6 kind unknownKind', '7 days shape'],
        ...[
          '8 name shape',
          '9 words shape',
          '10 unit unknownUnit',
          '11 area unknownArea',
          '12 area outOfScope',
        ],
        ...[
          '13 area shape',
          '14 name duplicate',
          '15 area duplicate',
          '16 unitName duplicate',
          '17 unit shape',
        ],
        ...['18 name missing', '19 name missing', '20 kind missing'],
      ],
    )
    assert.equal(done.rejected[3]!.value, '紧急')
    assert.ok(done.rejected.every(({ value }) => value.length <= 60))
    assert.deepEqual(
      (await categories()).map(({ code }) => code),
      ['01', '0114'],
    )
  })

  it('lists a long value without cutting a character in two', async () => {
    const long = `${'长'.repeat(58)}𠮷𠮷${'长'.repeat(10)}`
    const done = await take(`${header}01,${long},help,,,,,\n02,好的,help,,,,,\n`)
    assert.deepEqual([done.state, done.taken], ['done', 1])
    assert.equal(done.rejected[0]!.value, `${'长'.repeat(58)}𠮷…`)
  })

  it('takes all or none when strict', async () => {
    const done = await take(`${good}0202,没有上级,help,,,,,\n`, { strict: true })
    assert.equal(done.state, 'failed')
    assert.equal(done.code, 'csv_invalid')
    assert.deepEqual([done.total, done.taken, done.rejectedCount], [5, 0, 1])
    assert.equal(done.rejected[0]!.line, 6)
    assert.deepEqual([await categories(), await units()], [[], []])
    assert.equal((await take(good, { strict: true })).taken, 4)
    assert.equal((await categories()).length, 3)
  })

  it('refuses what is no CSV, and fails where one breaks off within quotes', async () => {
    const files = [
      'PK\x03\x04\x00\x00something',
      'no header\n1,2',
      Buffer.from([0xff, 0xfe, 0x31, 0x00]),
      Buffer.from([0x80, 0xff, 0xff, 0x80]),
    ]
    for (const file of files) {
      const body = importOf(randomUUID(), file)
      const answer = await server.ask('POST /v1/catalogue-imports', { as: administrator, body })
      assert.equal(answer.statusCode, 422)
      assert.equal(answer.json<{ code: string }>().code, 'csv_unreadable')
    }
    const broken = await take(`${good}02,"不完整,help\n`)
    assert.deepEqual([broken.state, broken.code, broken.taken], ['failed', 'csv_unreadable', 0])
    assert.deepEqual(await categories(), [])
  })

  it('keeps a script in a field as the text that it is', async () => {
    const name = '<script>alert(1)</script>'
    await take(`${header}01,${name},help,,=cmd|<img src=x>,,x,"'; drop table unit; --"\n`)
    const [found] = await categories()
    assert.equal(found!.name, name)
    assert.deepEqual(found!.words, ['=cmd', '<img src=x>'])
    assert.equal((await units())[0]!.name, "'; drop table unit; --")
  })

  it('refuses a file that is too large, before it is read', async () => {
    const body = { id: randomUUID(), county, file: 'A'.repeat(17_000_000) }
    const answer = await server.ask('POST /v1/catalogue-imports', { as: administrator, body })
    assert.equal(answer.statusCode, 413)
    assert.equal(answer.json<{ code: string }>().code, 'body_too_large')
    const other = await server.ask('PUT /v1/units/x', {
      as: administrator,
      body: { name: 'A'.repeat(100_000) },
    })
    assert.equal(other.statusCode, 413, 'the others keep their limit')
  })

  it('has a county do one at a time, and gives up one whose process has died', async () => {
    const dead = randomUUID()
    await server.owner.query(
      `insert into catalogue_import (county, id, actor_id, strict, started_at) values ($1, $2, 'admin', false, now())`,
      [county, dead],
    )
    const body = importOf(randomUUID(), good)
    const refused = await server.ask('POST /v1/catalogue-imports', { as: administrator, body })
    assert.equal(refused.statusCode, 409)
    assert.equal(refused.json<{ code: string }>().code, 'import_running')
    await server.owner.query(`update catalogue_import set touched_at = now() - interval '31 seconds'`)
    assert.deepEqual([(await status(dead)).state, (await status(dead)).code], ['failed', 'unavailable'])
    assert.equal((await take(good)).state, 'done')
    const again = await server.ask('POST /v1/catalogue-imports', {
      as: administrator,
      body: importOf(dead, good),
    })
    assert.equal(again.json<{ code: string }>().code, 'id_taken')
  })

  it('lets a town give its own areas to units, and nothing else', async () => {
    await take(good)
    const town = { sub: 'town', grants: [{ role: 'administrator', area: '330683102' }] as Grant[] }
    const done = await take(
      `${header}010101,,,,,330683102,chongren,崇仁镇中心\n010101,,,,,330683100,chongren,\n` +
        '01,改名,help,,,,,\n0101,,,,,330683102,zhujian,改名\n0101,,,,,330683102,zhujian,\n',
      {},
      town,
    )
    assert.deepEqual(
      done.rejected.map(({ line, column, rule }) => `${line} ${column} ${rule}`),
      ['3 area outOfScope', '4 code outOfScope', '5 unitName outOfScope', '6 unitName outOfScope'],
    )
    assert.equal(done.taken, 1)
    const leaf = (await categories())[2]!
    assert.deepEqual(leaf.units[1], { area: '330683102', unit: 'chongren' })
    const other = { sub: 'x', grants: [{ role: 'administrator', area: '330604' }] as Grant[] }
    assert.equal((await server.ask(`GET /v1/catalogue-imports/${done.id}`, { as: other })).statusCode, 404)
    const body = importOf(randomUUID(), good)
    assert.equal((await server.ask('POST /v1/catalogue-imports', { as: other, body })).statusCode, 404)
  })

  it('takes 100,000 lines with its progress to be seen, while others are served', async (t) => {
    const { rows } = await server.owner.query<{ code: string }>(
      `select code from area where county = '330683' and length(code) >= 12 order by code limit 1000`,
    )
    const areas = rows.map(({ code }) => code)
    let text = header
    const two = (n: number) => String(n).padStart(2, '0')
    for (let at = 1; at <= 10; at++) text += `${two(at)},大类${at},help,,,,u${at},单位${at}\n`
    for (let at = 1; at <= 10; at++) text += `${two(at)}01,中类${at},help,,,,,\n`
    for (let at = 0; at < 100; at++) {
      const code = `${two((at % 10) + 1)}01${two(Math.floor(at / 10) + 1)}`
      for (const [index, area] of areas.entries()) {
        if (at === 99 && index >= 980) break
        text += `${code},小类${at},complaint,3,词${at}甲|词${at}乙,${area},u${(at % 10) + 1},\n`
      }
    }
    assert.equal(text.split('\n').length - 2, 100_000)
    const began = performance.now()
    const done = await take(text)
    t.diagnostic(
      `100,000 lines in ${((performance.now() - began) / 1000).toFixed(1)} s, ${done.seen.size} steps seen`,
    )
    assert.deepEqual(
      [done.state, done.total, done.done, done.taken, done.rejectedCount],
      ['done', 100_000, 100_000, 100_000, 0],
    )
    assert.ok(done.seen.size > 5, `${done.seen.size} steps`)
    const { rows: count } = await server.owner.query('select count(*)::integer as n from category_unit')
    assert.deepEqual(count, [{ n: 99_990 }])
  })
})
