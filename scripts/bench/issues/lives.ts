import { createHash } from 'node:crypto'
import type { CategoryRef, Choice, Person, UnitRef } from '@minqing/core'
import { chineseCalendar } from '../../../packages/server/src/internal/calendar.ts'
import { clock } from '../../../packages/server/src/internal/issues/clock-person.ts'
import { coreScoring } from '../../../packages/server/src/internal/issues/scoring.ts'
import { requestHash } from '../../../packages/server/src/internal/issues/submit.ts'
import { act, open, tickUntil, type Chronicle } from '../../../packages/server/src/demo/issues/chronicle.ts'

const hour = 3_600_000
const rules = { calendar: chineseCalendar, scoring: coreScoring }

export interface Place {
  code: string
  name: string
}

/** What the lives are made of. */
export interface Ground {
  readonly county: string
  /** Villages, grids and micro-grids. */
  readonly places: readonly Place[]
  readonly categories: readonly CategoryRef[]
  readonly units: readonly UnitRef[]
  readonly since: number
  readonly end: number
}

/** Numbers from 0 to 1 that are the same in every run. */
function randomOf(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const matters = [
  ...[
    '村口的路灯坏了三天,老人晚上出门不安全',
    '河边垃圾没人清理,天热了有味道',
    '自来水水压太低,早上接不到水',
  ],
  ...['窨井盖松动,车开过去很响', '邻居装修半夜还在施工,吵得睡不着', '想问社保关系怎么从外地转回来'],
  ...['香榧林里有枯树,怕倒下来压到人', '公交站牌倒了,等车的人站在马路上', '低保户家里屋顶漏水,想申请修缮'],
  ...['企业门口的路被大车压坏了,希望修一修', '孩子上学要过马路,没有红绿灯', '广场舞音响声音太大'],
]
const details = [
  '已经反映过一次。',
  '希望尽快处理。',
  '附近住着几位独居老人。',
  '下雨天更严重。',
  '',
  '请派人来看看。',
]

const uuidOf = (seed: string): string => {
  const hex = createHash('sha256').update(seed).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const person = (id: string, name: string): Person => ({ id, name, title: '驻村干部' })
const center = person('bench-center', '调度员')

/**
 * One issue, from its report to wherever it has come by the end: most are closed, every tenth is on its way. The clock
 * warns and chases in between; every event is one that core's flow made.
 */
export function lifeOf(
  index: number,
  count: number,
  number: (at: number) => string,
  ground: Ground,
): Chronicle {
  const random = randomOf(index)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const at = ground.since + ((ground.end - ground.since) * index) / count
  const place = pick(ground.places)
  const reporter = person(`officer-${Math.floor(random() * 600)}`, '陈立军')
  const id = uuidOf(`bench issue ${index}`)
  const input = {
    ...{
      county: ground.county,
      id,
      area: place,
      source: random() < 0.7 ? ('diary' as const) : ('officer' as const),
      diary: null,
    },
    text: `${pick(matters)}。${pick(details)}${pick(details)}`,
    ...{ photos: [], place: null, resident: { name: '王大爷', phone: '13812341234' } },
    category: pick(ground.categories),
  }
  const solved = random() < 0.35 ? '当场与双方说明,已处理。' : undefined
  const deed = (time: number, actor: Person) => ({ at: time, actor, calendar: chineseCalendar })
  const submission = { ...input, solved, requestHash: requestHash(input) }
  const issue = open(submission, number(at), deed(at, reporter), rules)
  let now = at
  // a tenth stays where it has come to
  let left = random() < 0.1 ? Math.floor(random() * 6) : 99
  const go = (hours: number, choice: Choice, actor: Person): boolean => {
    const next = now + hours * (0.5 + random()) * hour
    if (left-- <= 0 || next > ground.end) return false
    tickUntil(issue, next, clock, rules)
    now = next
    act(issue, choice, deed(next, actor), rules)
    return true
  }
  const unit = pick(ground.units)
  const handler = person(`handler-${unit.id}`, '蒋工')
  const assists = random() < 0.2 ? ground.units.filter(({ id: other }) => other !== unit.id).slice(0, 1) : []
  const steps: (() => boolean)[] = solved
    ? []
    : [
        () => go(2, { action: 'triage', args: { category: input.category } }, center),
        () =>
          go(
            3,
            {
              action: 'dispatch',
              args: { lead: { unit }, assists: assists.map((other) => ({ unit: other })) },
            },
            center,
          ),
        () => go(12, { action: 'accept', args: { assignment: 1 } }, handler),
        ...assists.map(
          ({ id: other }) =>
            () =>
              go(
                10,
                { action: 'answerAssist', args: { assignment: 2, reply: '已配合。' } },
                person(`handler-${other}`, '姜工'),
              ),
        ),
        () =>
          go(
            6,
            {
              action: 'addProgress',
              args: { assignment: 1, note: '已到现场查看。', photos: [], mentions: [] },
            },
            handler,
          ),
        () =>
          go(
            30,
            {
              action: 'answer',
              args: { assignment: 1, text: '已处理完毕,请群众放心。', outcome: 'solved', photos: [] },
            },
            handler,
          ),
        () => go(5, { action: 'approveAnswer', args: {} }, center),
      ]
  const arrived = steps.every((step) => step())
  if (arrived && random() < 0.7) go(40, { action: 'rate', args: { stars: 5 } }, reporter)
  // the clock closes what nobody rated; what is stuck is warned of
  tickUntil(issue, ground.end, clock, rules)
  return issue
}
