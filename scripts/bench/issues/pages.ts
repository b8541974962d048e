import type pg from 'pg'
import { asOwner } from '../support/database.ts'

const area = '330683'

/** Draws from lists, the same in every run. */
function dealer() {
  let state = 7
  return <T>(list: readonly T[]): T => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return list[(state >>> 8) % list.length]!
  }
}

interface Choices {
  towns: string[]
  villages: string[]
  categories: string[]
  units: string[]
}

async function choices(client: pg.Client): Promise<Choices> {
  const list = async (text: string) =>
    (await client.query<{ word: string }>(text)).rows.map(({ word }) => word)
  return {
    towns: await list('select distinct town as word from issue where town is not null order by 1'),
    villages: await list('select distinct village as word from issue where village is not null order by 1'),
    categories: await list(
      'select distinct category as word from issue where category is not null order by 1',
    ),
    units: await list('select distinct unit_id as word from issue_unit where open order by 1'),
  }
}

/**
 * What a dispatcher looks at: some state, category, unit, kind of trouble, somewhere in the county, in some order, on
 * some page.
 */
function filters(
  { towns, villages, categories, units }: Choices,
  pick: ReturnType<typeof dealer>,
): URLSearchParams {
  const query = new URLSearchParams({ area: pick([area, area, pick(towns), pick(villages)]) })
  const set = (name: string, value: string) => value && query.set(name, value)
  set(
    'state',
    pick(['', 'open', 'open', 'closed', 'inProgress', 'awaitingRating', 'dispatched', 'submitted']),
  )
  if (pick([true, false, false])) set('category', pick([pick(categories), pick(categories).slice(0, 2)]))
  if (pick([true, false, false, false])) set('unit', pick(units))
  set('source', pick(['', '', '', '', 'diary', 'officer']))
  set('clock', pick(['', '', '', '', '', 'breached', 'soon']))
  set('order', pick(['', '', 'priority', 'due']))
  return query
}

type Ask = (path: string) => Promise<{ items: unknown[]; next: string | null }>

/**
 * Addresses of random lists and of pages further on in them.
 *
 * @param ask reads a page, to know its cursors
 */
export async function randomLists(databaseUrl: string, ask: Ask, count: number): Promise<string[]> {
  const all = await asOwner(databaseUrl, choices)
  const pick = dealer()
  const paths: string[] = []
  while (paths.length < count) {
    const query = filters(all, pick)
    let path = `/v1/issues?${query.toString()}`
    for (let page = pick([0, 0, 1, 2, 4]); page > 0; page--) {
      const { next } = await ask(path)
      if (next === null) break
      query.set('cursor', next)
      path = `/v1/issues?${query.toString()}`
    }
    // a short page is no test of 50
    if ((await ask(path)).items.length === 50) paths.push(path)
  }
  return paths
}
