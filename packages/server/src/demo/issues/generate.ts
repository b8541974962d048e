import { countyOf, dayOf, workingMs, type Calendar, type Deed, type Person } from '@minqing/core'
import { requestHash, type Submission } from '../../internal/issues/submit.ts'
import { fill, type DemoArea } from '../diaries/people.ts'
import { createRandom, zipfPicker, type Random } from '../diaries/random.ts'
import { act, open, take, type Chronicle, type Rules } from './chronicle.ts'
import { matters, shared, type Matter } from './matters.ts'
import { dispatcher, neighborOf, reporterOf } from './people.ts'
import { personas } from '../personas.ts'
import { born, run, type Life } from './run.ts'
import type { DemoCatalogue, DemoSource } from './sources.ts'
import { fates, type Fate, type Story } from './story.ts'

export interface IssuePlan extends Rules {
  /** Villages and what lies below them. */
  readonly areas: readonly DemoArea[]
  readonly count: number
  /** The last moment that the demo knows. */
  readonly end: Date
  readonly catalogue: DemoCatalogue
  /** Diaries that have been forwarded. */
  readonly sources: readonly DemoSource[]
  /** SHA-256 of the receipt that belongs to a report. */
  readonly receiptHash?: (county: string, id: string) => Buffer
  readonly seed?: number
}

const hour = 3_600_000
const day = 24 * hour
/** How far back they reach. */
export const demoDays = 60

/** What is to be reported, and when. */
interface Opening {
  readonly at: number
  readonly matter: Matter
  readonly area: DemoArea
  readonly fate: Fate
  readonly source?: DemoSource
  /** One of the pattern: its main issue comes first. */
  readonly ofPattern?: true
}

/** Many lately, most by day. */
function moment(random: Random, end: number): number {
  const back = Math.floor(demoDays * random.next() ** 1.4)
  const midnight = Math.floor((end + 8 * hour) / day) * day - 8 * hour
  const at = midnight - back * day + (7.5 + random.next() * 13) * hour
  return at > end - hour ? at - day : at
}

function openings(plan: IssuePlan, random: Random): Opening[] {
  const end = plan.end.getTime()
  const deck = matters.flatMap((one) => Array.from({ length: one.weight }, () => one))
  const villages = plan.areas.filter(({ code }) => code.length === 12)
  const pickAny = zipfPicker(villages.length > 0 ? villages : plan.areas, 0.7)
  const known = villages.filter(({ code }) => personas.some(({ area }) => area === code))
  // where people of the demo live and work there is something for them to see
  const pickVillage = (dice: Random) =>
    known.length > 0 && dice.chance(0.12) ? dice.pick(known) : pickAny(dice)
  const order = fates(random)
  const list: Opening[] = []
  const byCategory = new Map(matters.map((one) => [one.category, one]))
  const places = new Map(plan.areas.map((area) => [area.code, area]))
  const forwarded = plan.sources.slice(0, Math.floor(plan.count / 7))
  for (const source of forwarded) {
    const at = Math.min(source.created_at.getTime() + (0.2 + random.next()) * hour, end - 60_000)
    const [matter, area] = [byCategory.get(source.category)!, places.get(source.area_code)!]
    list.push({ at, matter, area, fate: order[list.length % order.length]!, source })
  }
  const special = [...patternOpenings(random, villages, end), ...exampleOpenings(plan, random, villages)]
  while (list.length < plan.count - special.length) {
    const fate = order[list.length % order.length]!
    list.push({ at: moment(random, end), matter: random.pick(deck), area: pickVillage(random), fate })
  }
  return [...list, ...special].sort((a, b) => a.at - b.at)
}

/** One kind of matter: yellow water in five villages of one town, nine days ago. */
function patternOpenings(random: Random, villages: readonly DemoArea[], end: number): Opening[] {
  const ofTown = (code: string) => villages.filter((village) => village.code.startsWith(code.slice(0, 9)))
  const large = villages.filter(({ code }) => ofTown(code).length >= 5)
  if (large.length === 0) return []
  const near = ofTown(random.pick(large).code).slice(0, 5)
  return near.map((area, nth) => ({
    ...{ at: end - 9 * day + nth * 1.5 * hour, matter: shared, area, fate: 'smooth', ofPattern: true },
  }))
}

/** The instant since which so many working days have passed. */
function workingDaysBefore(end: number, days: number, calendar: Calendar): number {
  let at = end
  while (workingMs(at, end, calendar) < days * day) at -= hour
  return at
}

/** Whenever the demo is started: something close to its limit, over it, waiting for a decision, with the leaders, new. */
const examples = [
  ['stuck', 2.6, '010101'],
  ['stuck', 2.4, '110104'],
  ['stuck', 5.2, '010401'],
  ['stuck', 4.1, '020101'],
  ['asking', 1.2, '020101'],
  ['asking', 1.5, '150104'],
  ['consulting', 3, '030102'],
  ['smooth', 0.01, '110203'],
] as const

function exampleOpenings(plan: IssuePlan, random: Random, villages: readonly DemoArea[]): Opening[] {
  return examples.map(([fate, days, category]) => ({
    at: workingDaysBefore(plan.end.getTime(), days, plan.calendar),
    matter: matters.find((one) => one.category === category)!,
    area: random.pick(villages),
    fate,
  }))
}

/** What an old issue cannot be any more: somebody has taken care of it. */
const settledLater: Partial<Record<Fate, Fate>> = { stuck: 'slow', asking: 'extension' }

function storyOf({ matter, fate, at }: Opening, plan: IssuePlan, random: Random): Story | undefined {
  const { catalogue } = plan
  const category = catalogue.category(matter.category)
  const lead = catalogue.unitFor(matter.category)
  if (!category || !lead) return undefined
  const isOld = at < plan.end.getTime() - 20 * day
  const mistaken = matter.mistaken === undefined ? undefined : catalogue.unit(matter.mistaken)
  const [helper, task, reply] = matter.assist ?? []
  const unit = helper === undefined ? undefined : catalogue.unit(helper)
  const withAssist = fate === 'assist' || random.chance(0.15)
  return {
    fate: isOld ? (settledLater[fate] ?? fate) : fate,
    ...{ category, lead },
    mistaken: (fate === 'returned' || fate === 'asking') && mistaken?.id !== lead.id ? mistaken : undefined,
    assist: withAssist && unit && unit.id !== lead.id ? { unit, task: task!, reply: reply! } : undefined,
    progress: matter.progress.slice(0, random.int(3)).map((text) => fill(text, random, '')),
    answer: fill(random.pick(matter.answers), random, '村民'),
    mood: random.next(),
  }
}

/** Who says what, in which way. */
function submissionOf(opening: Opening, story: Story, plan: IssuePlan, random: Random): [Submission, Person] {
  const { area, matter, source, fate } = opening
  const county = countyOf(area.code)
  const neighbor = neighborOf(area.code, random)
  const isFirm = matter.category.startsWith('15')
  const byResident = !source && !isFirm && fate !== 'spot' && random.chance(0.55)
  const officer = source ? source.author : reporterOf(area.code, isFirm)
  const id = random.uuid()
  const text = source ? source.text : fill(random.pick(matter.texts), random, neighbor.person.name)
  const { name } = neighbor.person
  const withCategory = byResident ? random.chance(0.5) : random.chance(0.8)
  const submission: Submission = {
    ...{ county, id, area, text, photos: source?.photos ?? [], place: source?.place ?? null },
    source: source ? 'diary' : byResident ? 'report' : 'officer',
    diary: source?.id ?? null,
    resident: isFirm || source ? null : { name, phone: neighbor.phone },
    category: withCategory ? story.category : null,
    ...(fate === 'spot' && !byResident ? { solved: story.answer } : {}),
    ...(byResident && plan.receiptHash ? { receiptHash: plan.receiptHash(county, id) } : {}),
    requestHash: requestHash({ id }),
  }
  return [submission, byResident ? neighbor.person : officer]
}

/** Numbers without gaps, day by day. */
export type Counters = Map<string, { county: string; day: string; last: number }>

function numberOf(counters: Counters, county: string, at: number): string {
  const day = dayOf(at)
  const counter = counters.get(county + day) ?? { county, day, last: 0 }
  counter.last++
  counters.set(county + day, counter)
  return `${county}-${day.replaceAll('-', '')}-${String(counter.last).padStart(5, '0')}`
}

/** The issues of a pattern are handled by the first of them, and each gets its answer [I11]. */
function runPattern(lives: readonly Life[], plan: IssuePlan, random: Random): void {
  const [main, ...children] = lives
  if (!main) return
  const end = plan.end.getTime()
  const merged = Math.max(...lives.map(({ issue }) => issue.content.created_at.getTime())) + 2 * hour
  run(main, merged, plan, random)
  const { id, number } = main.issue.content
  for (const [nth, { issue }] of children.entries()) {
    const deed: Deed = { at: merged + nth * 60_000, actor: dispatcher(random), calendar: plan.calendar }
    act(issue, { action: 'merge', args: { main: { id, number, takes: true } } }, deed, plan)
    take(main.issue, issue, deed)
  }
  run(main, end, plan, random, (action, deed) => {
    if (action !== 'approveAnswer') return
    const args = { answer: main.issue.motion.flow.answer! }
    for (const { issue } of children) act(issue, { action: 'inheritAnswer', args }, deed, plan)
  })
  for (const child of children) run(child, end, plan, random)
}

/**
 * The issues of the demo, oldest first, each with its whole life so far: what the life cycle, its clocks and the
 * calendar make of people who act at random. The same plan gives the same issues.
 */
export function demoIssues(plan: IssuePlan): { issues: Chronicle[]; counters: Counters } {
  const random = createRandom(plan.seed ?? 2003)
  const counters: Counters = new Map()
  const lives: Life[] = []
  const pattern: Life[] = []
  for (const opening of openings(plan, random)) {
    const story = storyOf(opening, plan, random)
    if (!story) continue
    const [submission, actor] = submissionOf(opening, story, plan, random)
    const number = numberOf(counters, submission.county, opening.at)
    const issue = open(submission, number, { at: opening.at, actor, calendar: plan.calendar }, plan)
    const life = born(issue, story)
    lives.push(life)
    if (opening.ofPattern) pattern.push(life)
    else run(life, plan.end.getTime(), plan, random)
  }
  runPattern(pattern, plan, random)
  return { issues: lives.map(({ issue }) => issue), counters }
}
