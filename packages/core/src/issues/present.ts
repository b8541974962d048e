import type { Place } from '../diaries/schema.ts'
import type { Person } from '../identity/schema.ts'
import type { Photo } from '../photos/schema.ts'
import type { Flow } from './flow-schema.ts'
import type { Issue, Priority, Resident } from './schema.ts'
import { maskPhone } from './standing.ts'
import type { IssueSource } from './words.ts'

/** What an issue says besides its flow and priority: written once. */
export interface IssueContent {
  readonly county: string
  readonly id: string
  readonly number: string
  readonly area_code: string
  readonly area_name: string
  readonly source: IssueSource
  readonly diary_id: string | null
  readonly title: string
  readonly text: string
  readonly photos: Photo[]
  readonly place: Place | null
  readonly reporter_id: string
  readonly reporter_name: string
  readonly reporter_title: string | null
  /** With the phone as it was typed. */
  readonly resident: Resident | null
  readonly created_at: Date
}

/** What moves. */
export interface IssueMotion {
  readonly flow: Flow
  readonly priority: Priority
  readonly version: number
  readonly changed_at: Date
}

/** A person as others see them, from columns. */
export const person = (id: string, name: string, title: string | null): Person => ({
  id,
  name,
  ...(title ? { title } : {}),
})

const masked = ({ name, phone }: Resident): Resident => ({
  name,
  ...(phone === undefined ? {} : { phone: maskPhone(phone) }),
})

/** The only maker of an issue's wire form. */
export const presentIssue = (content: IssueContent, motion: IssueMotion): Issue => ({
  id: content.id,
  version: motion.version,
  number: content.number,
  area: { code: content.area_code, name: content.area_name },
  source: content.source,
  diary: content.diary_id,
  title: content.title,
  text: content.text,
  photos: content.photos,
  place: content.place,
  reporter: person(content.reporter_id, content.reporter_name, content.reporter_title),
  resident: content.resident && masked(content.resident),
  priority: motion.priority,
  ...motion.flow,
  createdAt: content.created_at.toISOString(),
  changedAt: motion.changed_at.toISOString(),
})
