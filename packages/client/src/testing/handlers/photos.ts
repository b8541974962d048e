import { inScope, reaches, type Access, type Photo } from '@minqing/core'
import { newId } from '../../internal/id.ts'
import { Answer, type Call, type KitHandlers } from '../internal/call.ts'
import { whereabouts } from '../internal/issue-desk.ts'
import { KitProblem } from '../internal/problem.ts'
import type { PhotoRow, State } from '../internal/state.ts'

const periodMs = 30 * 60_000

/** What photos somebody may see, and until when a ticket says so. */
interface Reach {
  readonly person: string
  readonly diaries: readonly string[]
  readonly issues: Access
  readonly expiresAt: number
}

/** Tickets by their text, of each server. */
const tickets = new WeakMap<State, Map<string, Reach>>()

function ticketsOf(state: State): Map<string, Reach> {
  let own = tickets.get(state)
  if (!own) tickets.set(state, (own = new Map<string, Reach>()))
  return own
}

/** A ticket ends at the second full half hour from now. */
const reachOf = ({ session, accessFor, at }: Call): Reach => ({
  person: session.id,
  diaries: accessFor('diary.read').areas,
  issues: accessFor('issue.read'),
  expiresAt: (Math.floor(at / periodMs) + 2) * periodMs,
})

function visible(state: State, id: string, { person, diaries, issues }: Reach): PhotoRow {
  const photo = state.photos.get(id)
  const diary = photo?.diary ? state.diaries.get(photo.diary) : undefined
  const issue = photo?.issue ? state.issues.get(photo.issue) : undefined
  const ofDiary =
    photo && inScope(diaries, photo.area) && (photo.owner === person || (diary && diary.deletedAt === null))
  if (photo && (ofDiary || (issue && reaches(issues, whereabouts(issue), person)))) return photo
  throw new KitProblem('not_found')
}

const plain = ({ id, width, height }: Photo): Photo => ({ id, width, height })

export const photos: KitHandlers<'photos'> = {
  get: (call, { id }) => plain(visible(call.state, id, reachOf(call))),
  own({ state, session, scope }, { id }) {
    const photo = state.photos.get(id)
    if (photo?.owner !== session.id || !inScope(scope, photo.area)) throw new KitProblem('not_found')
    return plain(photo)
  },
  ticket(call) {
    const own = ticketsOf(call.state)
    const reach = reachOf(call)
    const same = [...own].find(([, one]) => JSON.stringify(one) === JSON.stringify(reach))
    const ticket = same?.[0] ?? `ticket.${newId()}`
    own.set(ticket, reach)
    const value = { ticket, expiresAt: new Date(reach.expiresAt).toISOString() }
    return new Answer(value, { 'cache-control': 'private, no-store' })
  },
  file({ state, at }, { id, size, ticket }) {
    const reach = ticketsOf(state).get(ticket)
    if (!reach || reach.expiresAt <= at) throw new KitProblem('ticket_invalid')
    const { bytes, type } = visible(state, id, reach)
    return new Response(new Blob([bytes]), {
      headers: {
        'content-type': type,
        etag: `"${id}-${size}"`,
        'cache-control': `private, max-age=${Math.floor((reach.expiresAt - at) / 1000)}, immutable`,
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'cross-origin',
      },
    })
  },
}
