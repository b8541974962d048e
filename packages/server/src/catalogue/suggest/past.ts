import { countyOf } from '@minqing/core'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Deps } from '../../internal/deps.ts'
import { PastIndex } from './past-index.ts'

/** The newest of a county: how it was done long ago tells little, and memory is not endless. */
const mostIssues = 20_000
const pageSize = 1000
/** Counties of one deployment that are looked at every day. */
const mostCounties = 16

type Columns = [id: string, folded: string, category: string, unit: string | null]

interface Entry {
  readonly index: PastIndex
  /** Ids of issues that have changed since they were read. */
  readonly changed: Set<string>
  /** A read that the answer has to wait for. */
  work: Promise<void>
}

/** What has been sorted so far, by county, as fresh as the live events are. */
export interface Past {
  of(county: string): Promise<PastIndex>
  close(): void
}

/**
 * It reads beside the caller's transaction, not within it: many who ask at once, each holding a connection, would
 * otherwise wait for one more.
 */
export function createPast({ pages, bus }: Pick<Deps, 'pages' | 'bus'>): Past {
  const counties = new Map<string, Entry>()
  const unsubscribe = bus.subscribe(({ type, area, data }) => {
    if (!type.startsWith('issue.')) return
    const entry = counties.get(countyOf(area))
    if (entry) entry.changed.add((JSON.parse(data) as { issueId: string }).issueId)
  })

  async function fill(county: string, index: PastIndex): Promise<void> {
    let last: readonly [at: Date | string, id: string] = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff']
    while (index.size < mostIssues) {
      const rows = await pages.read<[...Columns, Date]>({
        name: 'issues-sorted',
        text: 'select id, folded, category, unit, created_at from mq_issues_sorted($1, $2, $3, $4)',
        values: [county, ...last, pageSize],
      })
      for (const [id, folded, category, unit] of rows) index.put({ id, folded, category, unit })
      if (rows.length < pageSize) return
      const [id, , , , at] = rows.at(-1)!
      last = [at, id]
      await breathe()
    }
  }

  async function refresh(county: string, { index, changed }: Entry): Promise<void> {
    const ids = [...changed]
    changed.clear()
    try {
      const rows = await pages.read<Columns>({
        name: 'issues-sorted-of',
        text: 'select id, folded, category, unit from mq_issues_sorted_of($1, $2)',
        values: [county, ids],
      })
      const there = new Set(rows.map(([id]) => id))
      for (const id of ids) if (!there.has(id)) index.remove(id)
      for (const [id, folded, category, unit] of rows) index.put({ id, folded, category, unit })
    } catch (error) {
      for (const id of ids) changed.add(id)
      throw error
    }
  }

  function open(county: string): Entry {
    const index = new PastIndex()
    const entry: Entry = { index, changed: new Set(), work: fill(county, index) }
    entry.work.catch(() => counties.get(county) === entry && counties.delete(county))
    return entry
  }

  /** The entry, as the one used last; the one not used for longest goes, and one that has grown begins anew. */
  function entryOf(county: string): Entry {
    const found = counties.get(county)
    const entry = found && found.index.size < 2 * mostIssues ? found : open(county)
    counties.delete(county)
    counties.set(county, entry)
    if (counties.size > mostCounties) counties.delete(counties.keys().next().value!)
    return entry
  }

  return {
    async of(county) {
      const entry = entryOf(county)
      await entry.work
      if (entry.changed.size > 0) await refresh(county, entry)
      return entry.index
    },
    close() {
      unsubscribe()
      counties.clear()
    },
  }
}
