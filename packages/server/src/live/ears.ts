import { holds, inScope, opens, type Access, type Capability, type InboxLiveEvent } from '@minqing/core'
import type { Guard } from '../database/scope.ts'
import type { Caller } from '../internal/caller.ts'
import { deskAreas, type Desk } from '../internal/desks.ts'
import type { Audience } from '../internal/events.ts'
import type { LoggedEvent } from '../internal/live-bus.ts'

/** What one stream may tell its reader. */
export interface Ears {
  /** The area that was asked for. */
  readonly area: string
  /** Subtrees for which the reader may ask at all. */
  readonly areas: readonly string[]
  /** What row-level security lets the reader see of each kind. */
  readonly guards: Readonly<Record<Audience['kind'], Guard>>
  hear(event: LoggedEvent): boolean
}

const reads: Readonly<Record<Audience['kind'], Capability>> = {
  area: 'diary.read',
  issue: 'issue.read',
  inbox: 'inbox.read',
}

const overlap = (units: readonly string[] | null | undefined, access: Access): boolean =>
  units?.some((unit) => access.units.includes(unit)) ?? false

/**
 * Diaries of the area asked for, as far as diary.read carries; its issues, as far as issue.read does, by area, by unit
 * or as their reporter; and messages to the reader, wherever their cause lies.
 */
export function earsOf(caller: Caller, area: string): Ears {
  const me = caller.session.id
  const access = {
    area: caller.accessFor(reads.area),
    issue: caller.accessFor(reads.issue),
    inbox: caller.accessFor(reads.inbox),
  }
  const atDesk = (desk: Desk, code: string) =>
    inScope(access.inbox.areas, code) && inScope(deskAreas(desk, caller), code)
  const hears: Readonly<Record<Audience['kind'], (event: LoggedEvent) => boolean>> = {
    area: (event) => holds(area, event.area) && inScope(access.area.areas, event.area),
    issue: ({ area: code, to }) =>
      holds(area, code) &&
      (inScope(access.issue.areas, code) ||
        overlap(to.units, access.issue) ||
        (access.issue.own && to.person === me)),
    // [N3] what goes to one's unit or desk goes to oneself, too, unless one did it
    inbox: ({ area: code, to, data }) => {
      const addressed =
        (access.inbox.own && to.person === me) ||
        overlap(to.units, access.inbox) ||
        (to.desk ? atDesk(to.desk, code) : false)
      if (!addressed) return false
      const { actor, noticeType } = JSON.parse(data) as InboxLiveEvent
      // [R1] who is mentioned in a note may be anybody; of notes only those hear who may read issues
      return actor !== me && (noticeType !== 'mentioned' || opens(access.issue))
    },
  }
  const guard = ({ areas, units }: Access): Guard => ({ scope: areas, units, actor: me })
  return {
    area,
    areas: [access.area, access.issue, access.inbox, caller.accessFor('report.create')].flatMap(
      ({ areas }) => areas,
    ),
    guards: { area: guard(access.area), issue: guard(access.issue), inbox: guard(access.inbox) },
    hear: (event) => hears[event.to.kind](event),
  }
}
