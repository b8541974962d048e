import { countyOf, townOf } from './areas/rules.ts'

export const roles = [
  'gridWorker',
  'villageOfficer',
  'enterpriseLiaison',
  'dispatcher',
  'handler',
  'leader',
  'expert',
  'enterpriseContact',
  'resident',
  'auditor',
  'administrator',
  'system',
] as const
export type Role = (typeof roles)[number]

export const capabilities = [
  'area.read',
  'diary.read',
  'diary.create',
  'diary.edit',
  'diary.delete',
  'diary.comment',
  'diary.acceptAnswer',
  'diary.markUseful',
  'photo.upload',
] as const
export type Capability = (typeof capabilities)[number]

/**
 * How far a grant carries from the area it names: that area's subtree, its whole town, or its whole county. A grant
 * for a larger area than the reach keeps the larger area.
 */
export type Reach = 'area' | 'town' | 'county'

type Row = Partial<Record<Capability, Reach>>

const reader = { 'area.read': 'county', 'diary.read': 'county' } as const satisfies Row
const talker = { ...reader, 'diary.comment': 'county', 'diary.markUseful': 'county' } as const satisfies Row
const writer = {
  ...talker,
  'diary.create': 'area',
  'diary.edit': 'county',
  'diary.delete': 'county',
  'diary.acceptAnswer': 'county',
  'photo.upload': 'area',
} as const satisfies Row

/** The same diaries no further than `reach`: whoever may not read one learns nothing by trying to change it. */
const within = (row: Row, reach: Reach): Row =>
  Object.fromEntries(
    Object.entries(row).map(([capability, far]) => [
      capability,
      capability.startsWith('diary.') && far === 'county' ? reach : far,
    ]),
  )

/**
 * Who may do what, and how far: the whole of it. What a person may do only with their own things (edit a diary,
 * accept an answer) is allowed here and narrowed by authorship in the operation.
 */
const table: Readonly<Record<Role, Row>> = {
  gridWorker: within(writer, 'town'),
  villageOfficer: writer,
  enterpriseLiaison: writer,
  dispatcher: talker,
  handler: talker,
  leader: within(writer, 'area'),
  expert: talker,
  enterpriseContact: {},
  resident: {},
  auditor: { 'area.read': 'area', 'diary.read': 'area' },
  administrator: { 'area.read': 'area', 'diary.read': 'area' },
  system: { 'area.read': 'area', 'diary.read': 'area', 'diary.create': 'area', 'photo.upload': 'area' },
}

/** Whether the role holds the capability anywhere; where, says `scopeOf`. */
export const can = (role: Role, capability: Capability): boolean => table[role][capability] !== undefined

/** How far a grant of this role carries for the capability; `undefined` when it does not carry at all. */
export const reachOf = (role: Role, capability: Capability): Reach | undefined => table[role][capability]

/** A role held for an area (and everything below it), perhaps on behalf of a unit. */
export interface Grant {
  role: Role
  /** Area code: a prefix of every code below it. */
  area: string
  /** The unit that a handler or expert works for. */
  unit?: string
}

const widen = (area: string, reach: Reach): string =>
  reach === 'area' ? area : reach === 'town' ? townOf(area) : countyOf(area)

/**
 * The area codes whose subtrees the grants open for a capability, without those that lie inside another.
 * Empty means: nothing.
 */
export function scopeOf(grants: readonly Grant[], capability: Capability): string[] {
  const codes = grants.flatMap(({ role, area }) => {
    const reach = reachOf(role, capability)
    return reach ? [widen(area, reach)] : []
  })
  const outermost = [...new Set(codes)].sort()
  return outermost.filter((code) => !outermost.some((other) => other !== code && code.startsWith(other)))
}
