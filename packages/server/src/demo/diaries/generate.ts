import type { DiaryState } from '../../diaries/present.ts'
import { composeNote } from './compose.ts'
import { fill, liaisonOf, officerOf, resident, type DemoArea, type Officer } from './people.ts'
import { createRandom, zipfPicker, type Random } from './random.ts'
import { answers, remarks } from './scenes.ts'

/** What was said under a diary. */
export interface Remark {
  id: string
  author: Officer
  text: string
  at: Date
}

/** A diary of the demo with its conversation; the counts and the accepted answer fit it. */
export interface DemoDiary {
  state: DiaryState
  remarks: Remark[]
  /** Who found it useful. */
  useful: Officer[]
}

export interface DemoPlan {
  /** Villages and what lies below them. */
  areas: readonly DemoArea[]
  count: number
  /** The last moment that the demo knows; the diaries reach three years back from there. */
  end: Date
  seed?: number
  /** People who take an area's place as author, such as the personas of the demo. */
  people?: ReadonlyMap<string, Officer>
}

const day = 86_400_000
const chinaOffset = 8 * 3_600_000

/** Moments in order, by day in China: most in the morning and the late afternoon, more in recent years. */
function moments(random: Random, count: number, end: Date): Float64Array {
  const days = 3 * 365
  const today = Math.floor((end.getTime() + chinaOffset) / day) * day - chinaOffset
  const times = new Float64Array(count)
  for (let at = 0; at < count; at++) {
    const back = Math.floor(days * (1 - Math.sqrt(1 - random.next() * 0.999)))
    const hour = random.chance(0.55) ? 8 + random.next() * 3.5 : 13.5 + random.next() * 7
    const time = today - back * day + hour * 3_600_000
    times[at] = time > end.getTime() - 60_000 ? time - day : time
  }
  return times.sort()
}

function shuffled<T>(random: Random, list: readonly T[]): T[] {
  const copy = [...list]
  for (let at = copy.length - 1; at > 0; at--) {
    const other = random.int(at + 1)
    ;[copy[at], copy[other]] = [copy[other]!, copy[at]!]
  }
  return copy
}

/** Villages with their grids and micro-grids, so that a busy village is busy all over. */
function areaPicker(random: Random, areas: readonly DemoArea[]): (random: Random) => DemoArea {
  const villages = new Map<string, DemoArea[]>()
  for (const area of areas) {
    const village = area.code.slice(0, 12)
    if (!villages.has(village)) villages.set(village, [])
    villages.get(village)!.push(area)
  }
  const pickVillage = zipfPicker(shuffled(random, [...villages.values()]), 0.6)
  return (dice) => {
    const members = pickVillage(dice)
    const grids = members.filter((area) => area.code.length === 15)
    return grids.length > 0 && dice.chance(0.6) ? dice.pick(grids) : dice.pick(members)
  }
}

/**
 * The diaries of the demo, oldest first: the same plan gives the same diaries on every machine. They come one by one,
 * so that any number fits into memory.
 */
export function* demoDiaries(plan: DemoPlan): Generator<DemoDiary> {
  const random = createRandom(plan.seed ?? 1998)
  const times = moments(random, plan.count, plan.end)
  const pickArea = areaPicker(random, plan.areas)
  const who = (code: string) => plan.people?.get(code) ?? officerOf(code)
  const colleagues = [...new Set(plan.areas.map((area) => area.code.slice(0, 12)))].map(who)
  for (const time of times) {
    const area = pickArea(random)
    const note = composeNote(random, area.name)
    const isFirm = note.kind === 'factory' || note.kind === 'workshop'
    const code = area.code.slice(0, area.code.length > 12 && random.chance(0.7) ? 15 : 12)
    const author = isFirm ? liaisonOf(area.code.slice(0, 9)) : who(code)
    // one in six was written without signal and arrived later
    const late = random.chance(0.16) ? random.next() * 6 * 3_600_000 : random.next() * 2000
    const created = new Date(Math.min(time + late, plan.end.getTime()))
    const state: DiaryState = {
      id: random.uuid(),
      version: 1,
      area_code: area.code,
      area_name: area.name,
      author_id: author.id,
      author_name: author.name,
      author_title: author.title,
      ...note,
      photos: [],
      written_at: new Date(time),
      created_at: created,
      edited_at: created,
      comment_count: 0,
      useful_count: 0,
      accepted_answer: null,
    }
    yield talkAbout({ state, remarks: [], useful: [] }, random, colleagues, plan.end)
  }
}

/** Adds what colleagues said and marked, and the counts that follow from it. */
function talkAbout(diary: DemoDiary, random: Random, colleagues: readonly Officer[], end: Date): DemoDiary {
  const { state } = diary
  const asks = state.kind === 'help'
  const others = (most: number) =>
    [...new Set(Array.from({ length: 1 + random.int(most) }, () => random.pick(colleagues)))].filter(
      (other) => other.id !== state.author_id,
    )
  const latest = end.getTime() - state.created_at.getTime()
  if (random.chance(asks ? 0.85 : 0.12)) {
    diary.remarks = others(asks ? 4 : 3)
      .map((author) => ({
        id: random.uuid(),
        author,
        text: fill(random.pick(asks ? answers : remarks), random, resident(random)),
        at: new Date(state.created_at.getTime() + random.next() * Math.min(latest, 2 * day)),
      }))
      .sort((a, b) => a.at.getTime() - b.at.getTime())
  }
  if (random.chance(0.15)) diary.useful = others(6)
  if (asks && diary.remarks.length > 0 && random.chance(0.7)) {
    state.accepted_answer = random.pick(diary.remarks).id
  }
  state.comment_count = diary.remarks.length
  state.useful_count = diary.useful.length
  return diary
}
