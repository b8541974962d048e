import { finderOf } from './find-words.ts'
import { hazardWords, safetyCategories, vulnerableWords } from './priority-words.ts'
import type { PriorityReason } from './schema.ts'
import type { IssueKind, PriorityLevel } from './words.ts'

/** [I13] What the score follows from, and nothing else. */
export interface PriorityFacts {
  readonly text: string
  /** The category's full name and kind, once there is one. */
  readonly category: { readonly name: string; readonly kind: IssueKind } | null
  /** What is known of the persons besides the text: 低保户, 独居老人. */
  readonly vulnerable?: readonly string[]
  /** Open issues of the same kind nearby. */
  readonly similarOpen: number
  /** Working days since the resident's clock began; what has begun of a day does not count. */
  readonly waitingWorkingDays: number
  readonly reopenings: number
}

export interface PriorityScore {
  /** 0 to 100. */
  readonly score: number
  readonly level: PriorityLevel
  /** The parts of the sum, the largest first; none is 0. */
  readonly reasons: PriorityReason[]
}

/** [I13] What each part of the sum is worth, and no part may be worth more than its `most`. */
export const priorityWeights = {
  hazard: { most: 60 },
  category: {
    kinds: { complex: 20, complaint: 15, help: 15, consultation: 5 },
    safety: 10,
    most: 30,
  },
  vulnerable: { first: 10, further: 5, most: 20 },
  similar: { each: 3, most: 15 },
  waiting: { each: 1, most: 15 },
  reopened: { each: 10, most: 30 },
} as const

/** [I13] From which score a level begins; below all of them it is low. */
export const priorityLevelsFrom = { urgent: 50, high: 35, normal: 15 } as const

export const priorityLevelOf = (score: number): PriorityLevel =>
  (['urgent', 'high', 'normal'] as const).find((level) => score >= priorityLevelsFrom[level]) ?? 'low'

const kindNames: Readonly<Record<IssueKind, string>> = {
  complex: '复杂事项',
  complaint: '投诉',
  help: '求助',
  consultation: '咨询',
}

const pointsOf = new Map(
  hazardWords.flatMap(({ points, words }) => words.map((word) => [word, points] as const)),
)
const findHazards = finderOf([...pointsOf.keys()])
const findVulnerable = finderOf(vulnerableWords)

type Part = { readonly points: number; readonly detail: string }
const nothing: Part = { points: 0, detail: '' }

/** The worst word counts in full, each further one a fifth: three words for one fire are one fire. */
function hazard(text: string): Part {
  const words = findHazards(text)
  const points = words.map((word) => pointsOf.get(word)!).sort((one, other) => other - one)
  const [worst = 0, ...further] = points
  return {
    points: worst + further.reduce((sum, each) => sum + Math.round(each / 5), 0),
    detail: words.join('、'),
  }
}

function category(of: PriorityFacts['category']): Part {
  if (!of) return nothing
  const { kinds, safety } = priorityWeights.category
  const isSafety = safetyCategories.some((word) => of.name.includes(word))
  return {
    points: kinds[of.kind] + (isSafety ? safety : 0),
    detail: isSafety ? `${kindNames[of.kind]}、${of.name}` : kindNames[of.kind],
  }
}

function vulnerable({ text, vulnerable: known = [] }: PriorityFacts): Part {
  const words = [...new Set([...known, ...findVulnerable(text)])]
  if (words.length === 0) return nothing
  const { first, further } = priorityWeights.vulnerable
  return { points: first + (words.length - 1) * further, detail: words.join('、') }
}

const counted = (rule: 'similar' | 'waiting' | 'reopened', count: number): Part => {
  const whole = Math.max(0, Math.floor(count))
  return { points: whole * priorityWeights[rule].each, detail: String(whole) }
}

/** [I13] 赋分: how urgent an issue is, as a sum of which every part says why. */
export function priorityOf(facts: PriorityFacts): PriorityScore {
  const parts: Record<PriorityReason['rule'], Part> = {
    hazard: hazard(facts.text),
    category: category(facts.category),
    vulnerable: vulnerable(facts),
    similar: counted('similar', facts.similarOpen),
    waiting: counted('waiting', facts.waitingWorkingDays),
    reopened: counted('reopened', facts.reopenings),
  }
  const reasons = (Object.keys(parts) as (keyof typeof parts)[])
    .map((rule) => ({
      rule,
      ...parts[rule],
      points: Math.min(parts[rule].points, priorityWeights[rule].most),
    }))
    .filter(({ points }) => points > 0)
    .sort((one, other) => other.points - one.points)
  const sum = reasons.reduce((total, { points }) => total + points, 0)
  const score = Math.min(100, sum)
  return { score, level: priorityLevelOf(score), reasons }
}
