import type { Division } from './real-codes.ts'
import { seeded, type Random } from './random.ts'
import { villageNamer } from './village-names.ts'

/** How many areas the demo county has; the figures are those of the real one. */
export const demoCounts = { grids: 1072, microGrids: 7103 } as const

/** Villages per town are drawn from these bounds; what follows is shared out exactly. */
const villagesPerTown = { low: 16, high: 27 } as const

/** Shares `total` out over `count` places, each at least `least`, uneven but the same at every run. */
function shareOut(random: Random, total: number, count: number, least: number, most: number): number[] {
  const shares = Array.from({ length: count }, () => least)
  for (let left = total - least * count; left > 0;) {
    const at = random.between(0, count - 1)
    if (shares[at]! >= most) continue
    shares[at]!++
    left--
  }
  return shares
}

const padded = (number: number, digits: number): string => String(number).padStart(digits, '0')

function villagesOf(town: Division, random: Random, nameOne: (community: boolean) => string): Division[] {
  const isStreet = town.name.endsWith('街道')
  const count = random.between(villagesPerTown.low, villagesPerTown.high)
  const communities = isStreet ? 5 : 1
  return Array.from({ length: count }, (_, index) => {
    const community = index < communities
    // as in the statistical codes: communities from 001, villages from 201
    const number = community ? index + 1 : 201 + index - communities
    return { code: town.code + padded(number, 3), name: nameOne(community) }
  })
}

/**
 * Villages, grids and micro-grids below the towns of one county: made up, but the same at every run, in the numbers of
 * the real county.
 */
export function generateBelow(towns: readonly Division[]): Division[] {
  const random = seeded(330683)
  const nameOne = villageNamer(random)
  const villages = towns.flatMap((town) => villagesOf(town, random, nameOne))
  const perVillage = shareOut(random, demoCounts.grids, villages.length, 1, 8)
  const grids = villages.flatMap(({ code }, index) =>
    Array.from({ length: perVillage[index]! }, (_, at) => ({
      code: code + padded(at + 1, 3),
      name: `第${at + 1}网格`,
    })),
  )
  const perGrid = shareOut(random, demoCounts.microGrids, grids.length, 2, 14)
  const microGrids = grids.flatMap(({ code }, index) =>
    Array.from({ length: perGrid[index]! }, (_, at) => ({
      code: code + padded(at + 1, 2),
      name: `第${at + 1}微网格`,
    })),
  )
  return [...villages, ...grids, ...microGrids]
}
