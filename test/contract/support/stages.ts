import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { workingDayIn, unitKey, type Grant, type Issue } from '@minqing/core'
import { chineseCalendar } from '../../../packages/server/src/internal/calendar.ts'
import type { TestApp } from '../../../packages/server/src/testing/app.ts'
import { author, county, secrets, village } from './people.ts'

/** Where an issue can stand, as far as some operation needs it there. */
export const stages = [
  ...['submitted', 'triaged', 'dispatched', 'working', 'asked', 'suspended', 'answered'],
  ...['awaiting', 'closed', 'consulted', 'main', 'merged'],
] as const
export type Stage = (typeof stages)[number]

/** The unit in charge, the one that helps, one that has no part, and one to be given something. */
export const units = { lead: 'zhujian', assist: 'jiaotong', none: 'weijian', other: 'shuili' } as const

const nobody: readonly string[] = []
const both = [unitKey(county, units.lead), unitKey(county, units.assist)]
/** Units with a part in it, past or present. */
export const partsOf: Readonly<Record<Stage, readonly string[]>> = {
  submitted: nobody,
  triaged: nobody,
  dispatched: both,
  working: both,
  asked: both,
  suspended: both,
  answered: both,
  awaiting: both,
  closed: both,
  consulted: both,
  main: nobody,
  merged: nobody,
}

export const category = '010101'

/** A working day's noon, in Shanghai time, some working days from now. */
export const inDays = (days: number): string =>
  `${workingDayIn(Date.now(), days, chineseCalendar)}T12:00:00+08:00`

const of = (role: Grant['role'], unit?: string): { sub: string; grants: Grant[] } => ({
  sub: `a-${role}-${unit ?? ''}`,
  grants: [{ role, area: county, ...(unit === undefined ? {} : { unit }) }],
})
const center = of('dispatcher')
const lead = of('handler', units.lead)
const assist = of('handler', units.assist)

/** An issue as it now is. */
export interface Stood {
  readonly id: string
  readonly version: number
}

type Step = readonly [path: string, as: typeof center | typeof author, body?: object]

const triage: Step = ['triage', center, { category }]
const dispatch: Step = ['dispatch', center, { lead: { unit: units.lead }, assists: [{ unit: units.assist }] }]
const accept: Step = ['acceptance', lead, {}]
const helped: readonly Step[] = [
  ['acceptance', assist, {}],
  ['answer', assist, { text: '协办完毕' }],
]
const work: readonly Step[] = [triage, dispatch, accept, ...helped]
const answer: Step = ['answer', lead, { text: '已修好' }]
const approve: Step = ['answer-approval', center, {}]
const pause = (until: string): readonly Step[] => [
  ['suspension-request', lead, { reason: '等材料', until }],
  ['request-approval', center, { assignment: 1 }],
]

/** How to get there. */
const ways = (): Readonly<Record<Exclude<Stage, 'merged'>, readonly Step[]>> => ({
  submitted: [],
  triaged: [triage],
  dispatched: [triage, dispatch],
  working: work,
  asked: [...work, ['return-request', lead, { reason: '不归我们', betterUnit: units.assist }]],
  suspended: [...work, ...pause(inDays(3))],
  answered: [...work, answer],
  awaiting: [...work, answer, approve],
  closed: [...work, answer, approve, ['rating', author, { stars: 5, solved: true }]],
  consulted: [...work, ['consultation', center, { reason: '办不了' }]],
  main: [triage],
})

/** Does something to an issue through the server. */
export async function step(server: TestApp, { id, version }: Stood, [path, as, body]: Step): Promise<Stood> {
  const headers = { 'if-match': `"${version}"` }
  const said = await server.ask(`POST /v1/issues/${id}/${path}`, { as, body: body ?? {}, headers })
  assert.equal(said.statusCode, 200, `${path}: ${said.body}`)
  return said.json<Issue>()
}

async function begin(server: TestApp): Promise<Stood> {
  const body = {
    id: randomUUID(),
    area: village,
    text: secrets.issue,
    resident: { name: secrets.resident, phone: secrets.phone },
  }
  const said = await server.ask('POST /v1/issues', { as: author, body })
  assert.equal(said.statusCode, 201, said.body)
  return said.json<Issue>()
}

async function reach(server: TestApp, steps: readonly Step[], from?: Stood): Promise<Stood> {
  let stood = from ?? (await begin(server))
  for (const one of steps) stood = await step(server, stood, one)
  return stood
}

/** Brings a report to where its resident is asked, or to its end. */
export async function answerReport(server: TestApp, id: string, close = false): Promise<void> {
  const steps = [
    triage,
    ['dispatch', center, { lead: { unit: units.lead } }] as const,
    accept,
    answer,
    approve,
  ]
  const closing: Step = ['spot-check', center, { reason: 'solved', note: '看过了' }]
  await reach(server, close ? [...steps, closing] : steps, { id, version: 1 })
}

/** One issue for each stage, made through the server as people would. */
export async function makeStages(server: TestApp): Promise<Record<Stage, Stood>> {
  const made = await Promise.all(
    Object.entries(ways()).map(async ([stage, steps]) => [stage, await reach(server, steps)] as const),
  )
  const found = Object.fromEntries(made) as Record<Exclude<Stage, 'merged'>, Stood>
  const merged = await reach(server, [['merging', center, { main: found.main.id }]])
  return { ...found, merged }
}
