import type { CategoryRef, Place, UnitRef } from '@minqing/core'
import { kindDays, type IssueKind, type Photo } from '@minqing/core'
import type pg from 'pg'

/** The county's dispatch catalogue, as far as the demo needs it. */
export interface DemoCatalogue {
  category(code: string): CategoryRef | undefined
  /** The unit that takes a category in the whole county. */
  unitFor(code: string): UnitRef | undefined
  unit(id: string): UnitRef | undefined
}

interface CategoryRow {
  code: string
  name: string
  kind: IssueKind
  days: number | null
}

export async function readCatalogue(client: pg.ClientBase, county: string): Promise<DemoCatalogue> {
  const categories = await client.query<CategoryRow>(
    'select code, full_name as name, kind, days from category where county = $1 and active',
    [county],
  )
  const units = await client.query<UnitRef>('select id, name from unit where county = $1 and active', [
    county,
  ])
  const places = await client.query<{ code: string; unit: string }>(
    'select code, unit_id as unit from category_unit where county = $1 and area_code = $1',
    [county],
  )
  const byCode = new Map(categories.rows.map((row) => [row.code, row]))
  const byId = new Map(units.rows.map((row) => [row.id, row]))
  const placeOf = new Map(places.rows.map(({ code, unit }) => [code, unit]))
  return {
    category(code) {
      const row = byCode.get(code)
      return row && { ...row, days: row.days ?? kindDays[row.kind] }
    },
    unitFor(code) {
      const found = [code, code.slice(0, 4), code.slice(0, 2)].map((one) => placeOf.get(one)).find(Boolean)
      return found === undefined ? undefined : byId.get(found)
    },
    unit: (id) => byId.get(id),
  }
}

/** A diary that can be forwarded. */
export interface DemoSource {
  id: string
  area_code: string
  author: { id: string; name: string; title: string }
  text: string
  photos: Photo[]
  place: Place | null
  created_at: Date
  category: string
}

/** Words of the demo's diaries that make a matter of one. */
const telling: readonly (readonly [RegExp, string])[] = [
  [/路灯不亮/, '010101'],
  [/路面塌陷/, '020101'],
  [/自来水发黄/, '110103'],
  [/水管漏水|主管/, '110104'],
  [/电线老化|树枝压线/, '110203'],
  [/垃圾堆放/, '030401'],
  [/污水外溢|水沟堵塞/, '010104'],
  [/宅基地边界|排水沟走向|采光/, '130101'],
]

/** Diaries of the last weeks that tell of something that has to be done, each with its category. */
export async function readSources(client: pg.ClientBase, since: Date, most: number): Promise<DemoSource[]> {
  const { rows } = await client.query<Omit<DemoSource, 'category' | 'author'> & Record<string, string>>(
    `select id, area_code, author_id, author_name, author_title, text, photos, place, created_at from diary
    where created_at > $1 and kind in ('visit', 'help') and text ~ $2 order by created_at, id limit $3`,
    [since, telling.map(([words]) => words.source).join('|'), most],
  )
  return rows.map((row) => ({
    ...(row as unknown as DemoSource),
    author: { id: row['author_id']!, name: row['author_name']!, title: row['author_title']! },
    category: telling.find(([words]) => words.test(row.text))![1],
  }))
}
