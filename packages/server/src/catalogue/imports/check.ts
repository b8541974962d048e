import { inScope } from '@minqing/core'
import type { Known } from './known.ts'
import { reject, type CategoryFields, type Entry, type Rejection } from './shape.ts'

/** What decides whether a line fits. */
export interface Ground {
  readonly county: string
  readonly scope: readonly string[]
  readonly known: Known
  /** Of the areas that the file names, those that there are. */
  readonly areas: ReadonlySet<string>
}

export interface Checked {
  readonly good: readonly Entry[]
  readonly bad: readonly Rejection[]
  /** What the file calls a unit; `undefined` when it only mentions it. */
  readonly unitName: (unit: string) => string | undefined
}

const same = (a: CategoryFields, b: CategoryFields): boolean =>
  a.name === b.name && a.kind === b.kind && a.days === b.days && a.words.join('|') === b.words.join('|')

/** The area is one of ours, and in reach. */
function checkArea({ line, place }: Entry, ground: Ground): Rejection | undefined {
  if (!place) return undefined
  if (!place.area.startsWith(ground.county)) return reject(line, 'area', 'outOfScope', place.area)
  if (!inScope(ground.scope, place.area)) return reject(line, 'area', 'outOfScope', place.area)
  if (!ground.areas.has(place.area)) return reject(line, 'area', 'unknownArea', place.area)
  return undefined
}

/** Checks lines against each other and against what the county has. */
class Checker {
  readonly #ground: Ground
  /** Names that the file gives to units. */
  readonly #named = new Map<string, string>()
  readonly #categories = new Map<string, CategoryFields>()
  readonly #places = new Set<string>()

  /** A unit may be named on any line, so the names are gathered first. */
  constructor(ground: Ground, entries: readonly Entry[]) {
    this.#ground = ground
    for (const entry of entries) {
      const { place } = entry
      if (place?.unitName === undefined || this.#named.has(place.unit) || checkArea(entry, ground)) continue
      this.#named.set(place.unit, place.unitName)
    }
  }

  #category({ line, code, category }: Entry): Rejection | undefined {
    const { known, scope, county } = this.#ground
    const isThere = (one: string) => this.#categories.has(one) || known.categories.has(one)
    if (code.length > 2 && !isThere(code.slice(0, -2))) return reject(line, 'code', 'unknownParent', code)
    if (!category) return isThere(code) ? undefined : reject(line, 'name', 'missing')
    if (!inScope(scope, county)) return reject(line, 'code', 'outOfScope', code)
    const before = this.#categories.get(code)
    return before && !same(before, category) ? reject(line, 'name', 'duplicate', category.name) : undefined
  }

  /** The unit is there, or the file says enough to make it; one that works elsewhere keeps its name. */
  #unit({ line, place }: Entry): Rejection | undefined {
    if (!place) return undefined
    const { unit, unitName } = place
    const known = this.#ground.known.units.get(unit)
    const name = this.#named.get(unit)
    if (name === undefined) return known?.active ? undefined : reject(line, 'unit', 'unknownUnit', unit)
    if (unitName !== undefined && unitName !== name) return reject(line, 'unitName', 'duplicate', unitName)
    const changes = known && (known.name !== name || !known.active)
    if (changes && !inScope(this.#ground.scope, known.area))
      return reject(line, 'unitName', 'outOfScope', name)
    return undefined
  }

  #twice({ line, code, place }: Entry): Rejection | undefined {
    const again = place && this.#places.has(`${code} ${place.area}`)
    return again ? reject(line, 'area', 'duplicate', place.area) : undefined
  }

  /** Why a line does not fit; a line that fits is remembered. */
  check(entry: Entry): Rejection | undefined {
    const found =
      this.#category(entry) ?? checkArea(entry, this.#ground) ?? this.#twice(entry) ?? this.#unit(entry)
    if (found) return found
    const { code, category, place } = entry
    if (category) this.#categories.set(code, category)
    if (place) this.#places.add(`${code} ${place.area}`)
    return undefined
  }

  nameOf = (unit: string): string | undefined => this.#named.get(unit)
}

/** In the order in which lines may stand: those above before those below, otherwise as in the file. */
export const inOrder = (entries: readonly Entry[]): Entry[] =>
  [...entries].sort(
    (a, b) => a.code.length - b.code.length || Number(!a.category) - Number(!b.category) || a.line - b.line,
  )

/** Checks all lines at once. */
export function checkAll(entries: readonly Entry[], ground: Ground): Checked {
  const checker = new Checker(ground, entries)
  const good: Entry[] = []
  const bad: Rejection[] = []
  for (const entry of inOrder(entries)) {
    const found = checker.check(entry)
    if (found) bad.push(found)
    else good.push(entry)
  }
  bad.sort((a, b) => a.line - b.line)
  return { good, bad, unitName: checker.nameOf }
}
