/** Levels of the area tree from the top, with the length of their codes (GB/T 2260 style, see docs/rules.md [A1]). */
export const areaLevels = {
  province: 2,
  city: 4,
  county: 6,
  town: 9,
  village: 12,
  grid: 15,
  microGrid: 17,
} as const
export type AreaLevel = keyof typeof areaLevels

const byLength = new Map<number, AreaLevel>(
  Object.entries(areaLevels).map(([level, length]) => [length, level as AreaLevel]),
)

/** The level of a code by its length; `undefined` when it is no area code at all. */
export const levelOf = (code: string): AreaLevel | undefined =>
  /^\d+$/.test(code) ? byLength.get(code.length) : undefined

/** The county part of a code; codes above the county stay as they are. */
export const countyOf = (code: string): string => code.slice(0, areaLevels.county)

/** The town part of a code; codes above the town stay as they are. */
export const townOf = (code: string): string => code.slice(0, areaLevels.town)

/** The code one level up; `undefined` for a province. */
export function parentOf(code: string): string | undefined {
  const lengths: number[] = Object.values(areaLevels)
  const index = lengths.indexOf(code.length)
  return index > 0 ? code.slice(0, lengths[index - 1]) : undefined
}

/** [A2] An area holds itself and all below it: a subtree is a code prefix. */
export const holds = (area: string, code: string): boolean => code.startsWith(area)

/** Whether any of the scope's subtrees holds the code. */
export const inScope = (scope: readonly string[], code: string): boolean =>
  scope.some((area) => holds(area, code))
