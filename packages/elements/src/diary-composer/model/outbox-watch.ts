import type { Client, OutboxState, ProblemData } from '@minqing/client'
import type { Diary, Issue } from '@minqing/core/wire'

/** What becomes of the diaries that wait. */
export interface OutboxListener {
  /** `diary` is absent when another tab sent it. */
  sent(id: string, diary?: Diary): void
  /** `wasWaiting` tells a refusal from one that was found at the start. */
  parked(id: string, problem: ProblemData | undefined, wasWaiting: boolean): void
  /** The diary has become an issue, as was wished. */
  forwarded(id: string, issue: Issue): void
  /** The diary is on the server, and could not become an issue; `wasWaiting` as above. */
  unforwarded(id: string, wasWaiting: boolean): void
  changed(state: OutboxState): void
}

/** Turns the outbox's states into what happened between them. Gives the way to stop. */
export function watchOutbox(outbox: Client['outbox'], listener: OutboxListener): () => void {
  const waiting = new Set<string>()
  const refused = new Set<string>()
  const forwarding = new Set<string>()
  /** One that is to become an issue stays in the outbox after it was told as sent. */
  const told = new Set<string>()
  const onSent = (id: string, diary?: Diary) => {
    if (!waiting.delete(id) && !diary) return
    told.add(id)
    listener.sent(id, diary)
  }
  const stopState = outbox.subscribe((state) => {
    const { pending, parked, discarded } = state
    const here = new Set([...pending, ...parked, ...discarded].map(({ id }) => id))
    // `onSent` comes with the server's answer; what leaves without it was sent by another tab.
    for (const id of waiting) if (!here.has(id)) setTimeout(() => onSent(id))
    for (const { id, problem, arrived } of parked) {
      if (refused.has(id)) continue
      refused.add(id)
      if (arrived) {
        listener.unforwarded(id, forwarding.delete(id))
        continue
      }
      listener.parked(id, problem, waiting.delete(id))
    }
    for (const { id, arrived } of pending) {
      // What has arrived was told as sent; only its issue is still to come.
      if (arrived) {
        forwarding.add(id)
        if (waiting.has(id)) setTimeout(() => onSent(id))
      } else if (!told.has(id)) waiting.add(id)
      refused.delete(id)
    }
    listener.changed(state)
  })
  const stopSent = outbox.onSent(({ entry, diary }) => {
    if (entry.forward) forwarding.add(entry.id)
    onSent(entry.id, diary as unknown as Diary)
  })
  const stopForwarded = outbox.onForwarded(({ entry, issue }) => {
    forwarding.delete(entry.id)
    listener.forwarded(entry.id, issue)
  })
  return () => {
    stopState()
    stopSent()
    stopForwarded()
  }
}
