import type { Assignment } from '../flow-schema.ts'
import type { NoticeType } from '../words.ts'
import type { Address, Notice } from './types.ts'

export const tell = (type: NoticeType, ...to: readonly Address[]): Notice[] =>
  to.map((address) => ({ to: address, type }))

/** Each unit once. */
export const toUnits = (parts: readonly Assignment[]): Address[] =>
  [...new Set(parts.map(({ unit }) => unit.id))].map((unit) => ({ unit }))

export const dispatchDesk: Address = { desk: 'dispatch' }
export const leadDesk: Address = { desk: 'lead' }
export const reporter: Address = { reporter: true }

/** For the leaders' desk, when an issue has come to a joint consultation. */
export const ifConsultation = (state: string): Notice[] =>
  state === 'jointConsultation' ? tell('consultation', leadDesk) : []
