import { holds, inScope, opens, type Access, type Capability, type LiveEvent } from '@minqing/core'
import type { Journal } from './table.ts'

/** Who hears of an event: readers of diaries, of the issue, or whom a message is for. */
export interface Audience {
  readonly kind: 'area' | 'issue' | 'inbox'
  /** As `county/unit`. */
  readonly units?: readonly string[]
  readonly person?: string | null
  readonly desk?: 'dispatch' | 'lead' | null
}

export interface Logged {
  readonly id: number
  readonly event: LiveEvent
  readonly to: Audience
}

/** Who listens. */
export interface Listener {
  readonly id: string
  accessFor(capability: Capability): Access
}

const deskOf = { dispatch: 'issue.dispatch', lead: 'issue.consult' } as const

/** Whether a message is for somebody: addressed to them, their unit or their desk, and not of their own doing. */
export function isFor(
  { id, accessFor }: Listener,
  to: Omit<Audience, 'kind'>,
  { area, actor, type }: { area: string; actor: string; type: string },
): boolean {
  const access = accessFor('inbox.read')
  const addressed =
    (access.own && to.person === id) ||
    (to.units ?? []).some((unit) => access.units.includes(unit)) ||
    (to.desk ? inScope(access.areas, area) && inScope(accessFor(deskOf[to.desk]).areas, area) : false)
  return addressed && actor !== id && (type !== 'mentioned' || opens(accessFor('issue.read')))
}

/** Whether the stream of an area tells this listener. */
export function hears(listener: Listener, area: string, { event, to }: Logged): boolean {
  if (to.kind === 'inbox') {
    return isFor(listener, to, { ...event, type: 'noticeType' in event ? event.noticeType : '' })
  }
  if (!holds(area, event.area)) return false
  if (to.kind === 'area') return inScope(listener.accessFor('diary.read').areas, event.area)
  const access = listener.accessFor('issue.read')
  return (
    inScope(access.areas, event.area) ||
    (to.units ?? []).some((unit) => access.units.includes(unit)) ||
    (access.own && to.person === listener.id)
  )
}

/** An open stream. */
export interface OpenStream {
  /** No longer than the token that opened it, in milliseconds. */
  readonly until: number
  end(): void
  break(error: unknown): void
}

/** Everything that streams tell, in order, and who listens. */
export class LiveLog {
  readonly streams = new Set<OpenStream>()
  readonly #journal: Journal
  readonly #events: Logged[] = []
  readonly #told = new Set<(logged: Logged) => void>()
  #delivered = 0

  constructor(journal: Journal) {
    this.#journal = journal
  }

  get position(): number {
    return this.#events.length
  }

  append(event: LiveEvent, to: Audience = { kind: 'area' }): void {
    this.#events.push({ id: this.#events.length + 1, event, to })
    this.#journal.note(() => void this.#events.pop())
  }

  /** Events after a place; `undefined` for a place that there has not been. */
  after(id: number): Logged[] | undefined {
    return id > this.#events.length ? undefined : this.#events.slice(id)
  }

  subscribe(listener: (logged: Logged) => void): () => void {
    this.#told.add(listener)
    return () => this.#told.delete(listener)
  }

  /** Tells what has been appended; called when a call is through. */
  deliver(): void {
    const fresh = this.#events.slice(this.#delivered)
    this.#delivered = this.#events.length
    for (const logged of fresh) for (const listener of [...this.#told]) listener(logged)
  }
}
