import type { Person } from '../identity/schema.ts'
import type { Address, Notice } from './flow/types.ts'
import type { NoticeType } from './words.ts'

/** The reporter of what was reported without signing in. */
export const anonymousId = 'anonymous'

/** One message to one address. */
export interface Recipient {
  readonly type: NoticeType
  readonly person: string | null
  /** Id of the unit within the county. */
  readonly unit: string | null
  readonly desk: 'dispatch' | 'lead' | null
  /** Whether it goes to a resident, who learns no names of officers. */
  readonly toResident: boolean
}

/** Whom residents see behind everything that is done. */
export const center: Person = { id: 'center', name: '受理中心' }

type Target = Omit<Recipient, 'type'>
const nobody: Target = { person: null, unit: null, desk: null, toResident: false }

/** Of a change: who did it, to what, and to whom it is told. */
export interface Telling {
  readonly reporter: Person
  /** Whether the reporter is a resident, who reads reports and not issues. */
  readonly byResident: boolean
  readonly actor: Person
  readonly notices: readonly Notice[]
}

function targetOf(to: Address, { reporter, byResident }: Telling): Target {
  if ('unit' in to) return { ...nobody, unit: to.unit }
  if ('desk' in to) return { ...nobody, desk: to.desk }
  if ('person' in to) return { ...nobody, person: to.person }
  return { ...nobody, person: reporter.id, toResident: byResident }
}

/** Each address once, with the first that there is to say; nobody is told of their own deed. */
export function recipientsOf(told: Telling): Recipient[] {
  const found = new Map<string, Recipient>()
  for (const { to, type } of told.notices) {
    const target = targetOf(to, told)
    if (target.person === told.actor.id || target.person === anonymousId) continue
    const key = JSON.stringify([target.person, target.unit, target.desk])
    if (!found.has(key)) found.set(key, { type, ...target })
  }
  return [...found.values()]
}
