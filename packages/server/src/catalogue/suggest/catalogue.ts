import { createMatcher, type Matcher } from '@minqing/core'
import { sql } from 'kysely'
import { fold } from '../../internal/fold.ts'
import type { Tx } from '../../internal/handler.ts'

/** A county's catalogue, made ready for suggesting. */
export interface ReadyCatalogue {
  readonly matcher: Matcher
  /** Of an active category: its full name, and whether it may be dispatched by itself. */
  readonly categories: ReadonlyMap<string, { readonly name: string; readonly auto: boolean }>
  /** Names of active units. */
  readonly units: ReadonlyMap<string, string>
  /** The unit that takes a category in an area; from the category above where it has none itself. */
  unitFor(code: string, area: string): string | undefined
}

interface Content {
  readonly categories: readonly { code: string; name: string; full: string; words: string[]; auto: boolean }[]
  readonly places: readonly { code: string; area: string; unit: string }[]
  readonly units: readonly { id: string; name: string }[]
}

/** @param content as `mq_catalogue` answers it */
export function readyCatalogue({ categories, places, units }: Content): ReadyCatalogue {
  const names = new Map(units.map(({ id, name }) => [id, name]))
  const byCode = new Map<string, { area: string; unit: string }[]>()
  // the longest area first: the first that holds an issue's decides
  for (const { code, area, unit } of [...places].sort((a, b) => b.area.length - a.area.length)) {
    if (names.has(unit)) byCode.set(code, [...(byCode.get(code) ?? []), { area, unit }])
  }
  return {
    matcher: createMatcher(
      categories.map(({ code, name, words }) => ({
        code,
        name: fold(name),
        words: words.map(fold),
      })),
    ),
    categories: new Map(categories.map(({ code, full, auto }) => [code, { name: full, auto }])),
    units: names,
    unitFor(code, area) {
      for (let length = code.length; length > 0; length -= 2) {
        const found = byCode.get(code.slice(0, length))?.find((place) => area.startsWith(place.area))
        if (found) return found.unit
      }
      return undefined
    },
  }
}

/** A catalogue with the version that it had when it was read, or an older one. */
export interface Versioned {
  readonly version: string
  readonly catalogue: ReadyCatalogue
}

/** Catalogues made ready. Works in every transaction, whatever its scope. */
export interface CatalogueCache {
  /** The catalogue as it now is. */
  current(tx: Tx, county: string): Promise<ReadyCatalogue>
  /** The one that was read last, whether or not it has changed since: whoever takes it compares the versions. */
  known(tx: Tx, county: string): Promise<Versioned>
}

export function catalogueCache(): CatalogueCache {
  const all = new Map<string, Versioned>()

  async function read(tx: Tx, county: string, version: string): Promise<Versioned> {
    // read after its version: what is newer than that is read again next time
    const { rows } = await sql<{ content: Content }>`select mq_catalogue(${county}) as content`.execute(tx)
    const made = { version, catalogue: readyCatalogue(rows[0]!.content) }
    all.set(county, made)
    return made
  }

  async function current(tx: Tx, county: string): Promise<Versioned> {
    const asked = await sql<{ version: string }>`select mq_catalogue_version(${county}) as version`.execute(
      tx,
    )
    const { version } = asked.rows[0]!
    const found = all.get(county)
    return found?.version === version ? found : read(tx, county, version)
  }

  return {
    current: async (tx, county) => (await current(tx, county)).catalogue,
    known: async (tx, county) => all.get(county) ?? current(tx, county),
  }
}
