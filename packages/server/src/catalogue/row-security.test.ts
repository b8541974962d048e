import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type pg from 'pg'
import { createPool } from '../database/pool.ts'
import { transactions, type Guard, type Transact } from '../database/scope.ts'
import { categoryRef, unitRef } from '../internal/catalogue.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'

const county = '330683'
let server: TestApp
let pool: pg.Pool
let transact: Transact
before(async () => {
  server = await createTestApp()
  await server.owner.query(`
    insert into unit (county, id, name, kind, area_code, email, active) values
      ('330683', 'water', '水务集团', 'partner', '330683', 'a@b.cn', true),
      ('330683', 'gone', '旧单位', 'partner', '330683', null, false),
      ('330604', 'other', '邻县单位', 'partner', '330604', null, true)`)
  await server.owner.query(`
    insert into category (county, code, name, full_name, kind, days, words, active) values
      ('330683', '81', '水电气', '水电气', 'help', null, '{}', true),
      ('330683', '8101', '供水', '水电气 / 供水', 'complaint', 2, '{停水}', true),
      ('330683', '82', '旧类', '旧类', 'help', null, '{}', false),
      ('330683', '8201', '旧类之下', '旧类 / 旧类之下', 'help', null, '{}', true)`)
  pool = createPool(server.databaseUrl, { max: 2 })
  transact = transactions(pool)
})
after(async () => {
  await pool.end()
  await server.close()
})

const nobody: Guard = { scope: [], actor: '' }
const village: Guard = { scope: ['330683100201'], actor: 'p' }
const wholeCounty: Guard = { scope: [county], actor: 'p' }

const denied = async (guard: Guard, statement: string) =>
  assert.rejects(
    transact(guard, (tx) => tx.executeQuery({ sql: statement, parameters: [] } as never)),
    { code: '42501' },
    statement,
  )

describe('the catalogue under row-level security', () => {
  it('names active categories and units in every transaction, even where the scope is empty', async () => {
    for (const guard of [nobody, village, { ...nobody, units: ['330683/water'] }]) {
      await transact(guard, async (tx) => {
        assert.deepEqual(await categoryRef(tx, county, '8101'), {
          code: '8101',
          name: '水电气 / 供水',
          kind: 'complaint',
          days: 2,
        })
        assert.equal((await categoryRef(tx, county, '81'))?.days, 3)
        for (const code of ['82', '8201', '8102'])
          assert.equal(await categoryRef(tx, county, code), undefined)
        assert.equal(await categoryRef(tx, '330604', '8101'), undefined)
        assert.deepEqual(await unitRef(tx, county, 'water'), { id: 'water', name: '水务集团' })
        assert.equal(await unitRef(tx, county, 'gone'), undefined)
        assert.equal(await unitRef(tx, county, 'other'), undefined)
      })
    }
  })

  it('shows its tables to those who work in the county and to nobody else', async () => {
    const seen = (guard: Guard) =>
      transact(guard, async (tx) => (await tx.selectFrom('unit').select('id').execute()).map(({ id }) => id))
    assert.deepEqual(await seen(nobody), [])
    assert.deepEqual((await seen(village)).sort(), ['gone', 'water'])
    assert.deepEqual(await seen({ scope: ['330604'], actor: 'p' }), ['other'])
    assert.equal((await seen({ scope: ['33'], actor: 'p' })).length, 3)
  })

  it('lets nobody write outside their area', async () => {
    const unit = (area: string) =>
      `insert into unit (county, id, name, kind, area_code, active) values ('${area.slice(0, 6)}', 'x', 'x', 'partner', '${area}', true)`
    await denied(village, unit('330683'))
    await denied(wholeCounty, unit('330604'))
    await denied(
      village,
      `insert into category (county, code, name, full_name, kind, words) values ('330683', '83', 'x', 'x', 'help', '{}')`,
    )
    await denied(
      village,
      `insert into category_unit (county, code, area_code, unit_id) values ('330683', '8101', '330683', 'water')`,
    )
    await denied(wholeCounty, 'delete from category')
    await denied(wholeCounty, 'select * from catalogue_version')
    await transact(village, async (tx) => {
      const changed = await tx.updateTable('category').set({ name: 'x' }).executeTakeFirst()
      assert.equal(changed.numUpdatedRows, 0n)
    })
  })

  it('counts its version up with every statement that changes it', async () => {
    const version = async () =>
      Number(
        (await server.owner.query<{ v: string }>(`select mq_catalogue_version('330683') as v`)).rows[0]!.v,
      )
    const before = await version()
    await server.owner.query(`update unit set name = name || '。' where id = 'gone'`)
    await server.owner.query(`delete from unit where id = 'gone'`)
    assert.equal(await version(), before + 2)
  })
})
