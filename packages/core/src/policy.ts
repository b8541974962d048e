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
  'issue.read',
  'issue.create',
  'issue.triage',
  'issue.dispatch',
  'issue.handle',
  'issue.review',
  'issue.rate',
  'issue.reopen',
  'issue.remind',
  'issue.supervise',
  'issue.escalate',
  'issue.consult',
  'issue.merge',
  'issue.contact',
  'report.create',
  'report.read',
  'catalogue.read',
  'catalogue.edit',
  'inbox.read',
] as const
export type Capability = (typeof capabilities)[number]

/**
 * How far a grant carries from the area it names: that area's subtree, its whole town, or its whole county. A grant
 * for a larger area than the reach keeps the larger area. `unit` carries to what the grant's unit has a part in, and
 * `own` to what the person reported, in that county.
 */
export type Reach = 'area' | 'town' | 'county' | 'unit' | 'own'

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

/** Follows up what one has reported, as its reporter. */
const reporter = {
  'issue.read': 'area',
  'issue.create': 'area',
  'issue.rate': 'own',
  'issue.reopen': 'own',
  'catalogue.read': 'county',
  'inbox.read': 'own',
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
  gridWorker: { ...within(writer, 'town'), ...reporter },
  villageOfficer: { ...writer, ...reporter },
  enterpriseLiaison: { ...writer, ...reporter },
  dispatcher: {
    ...talker,
    ...reporter,
    'issue.triage': 'area',
    'issue.dispatch': 'area',
    'issue.review': 'area',
    'issue.reopen': 'area',
    'issue.remind': 'area',
    'issue.escalate': 'area',
    'issue.merge': 'area',
    'issue.contact': 'area',
    'inbox.read': 'area',
    'photo.upload': 'area',
  },
  handler: {
    ...talker,
    'issue.read': 'unit',
    'issue.handle': 'unit',
    'issue.contact': 'unit',
    'catalogue.read': 'county',
    'inbox.read': 'unit',
    'photo.upload': 'area',
  },
  leader: {
    ...within(writer, 'area'),
    ...reporter,
    'issue.reopen': 'area',
    'issue.remind': 'area',
    'issue.supervise': 'area',
    'issue.escalate': 'area',
    'issue.consult': 'area',
    'inbox.read': 'area',
  },
  expert: talker,
  enterpriseContact: {},
  resident: {
    'area.read': 'area',
    'photo.upload': 'area',
    'report.create': 'area',
    'report.read': 'own',
    'inbox.read': 'own',
  },
  auditor: { 'area.read': 'area', 'diary.read': 'area', 'issue.read': 'area', 'catalogue.read': 'county' },
  administrator: {
    'area.read': 'area',
    'diary.read': 'area',
    'issue.read': 'area',
    'catalogue.read': 'county',
    'catalogue.edit': 'area',
  },
  system: {
    'area.read': 'area',
    'diary.read': 'area',
    'diary.create': 'area',
    'photo.upload': 'area',
    'issue.read': 'area',
    'issue.create': 'area',
    'catalogue.read': 'county',
  },
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

const widen = (area: string, reach: Reach): string[] => {
  if (reach === 'unit' || reach === 'own') return []
  return [reach === 'area' ? area : reach === 'town' ? townOf(area) : countyOf(area)]
}

/**
 * The area codes whose subtrees the grants open for a capability, without those that lie inside another.
 * Empty means: nothing.
 */
export function scopeOf(grants: readonly Grant[], capability: Capability): string[] {
  const codes = grants.flatMap(({ role, area }) => {
    const reach = reachOf(role, capability)
    return reach ? widen(area, reach) : []
  })
  const outermost = [...new Set(codes)].sort()
  return outermost.filter((code) => !outermost.some((other) => other !== code && code.startsWith(other)))
}

/** [I2] Where a capability reaches: subtrees of areas, units within counties, what the person reported themselves. */
export interface Access {
  readonly areas: readonly string[]
  /** `330683/jianshe`: county and unit. */
  readonly units: readonly string[]
  /** What the person reported. */
  readonly own: boolean
}

/**
 * [I2] What stays possible with what one has reported, also where the area has changed or the reach is another. It is
 * no list of rights: without a role that holds the capability there is none.
 */
const ofReporters: ReadonlySet<Capability> = new Set([
  'issue.read',
  'issue.create',
  'issue.rate',
  'issue.reopen',
  'report.read',
  'inbox.read',
] as const)

const unitShape = /^[\w-]{1,64}$/

/** A unit's name across counties. */
export const unitKey = (area: string, unit: string): string => `${countyOf(area)}/${unit}`

/** Everywhere that the grants open for a capability. */
export function accessOf(grants: readonly Grant[], capability: Capability): Access {
  const keys = grants.flatMap(({ role, area, unit }) =>
    reachOf(role, capability) === 'unit' && unit && unitShape.test(unit) && area.length >= 6
      ? [unitKey(area, unit)]
      : [],
  )
  return {
    areas: scopeOf(grants, capability),
    units: [...new Set(keys)].sort(),
    own: ofReporters.has(capability) && grants.some(({ role }) => can(role, capability)),
  }
}

/** Whether the grants open anything at all for the capability. */
export const opens = ({ areas, units, own }: Access): boolean => own || areas.length > 0 || units.length > 0
