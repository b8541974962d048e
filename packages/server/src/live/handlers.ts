import { inScope, type Operations } from '@minqing/core'
import { RawJson, hijacked, type Call, type HandlersOf } from '../internal/handler.ts'
import type { LiveBus, LoggedEvent } from '../internal/live-bus.ts'
import { ProblemError } from '../internal/problem-error.ts'
import type { Deps } from '../internal/deps.ts'
import { EventStream } from './event-stream.ts'
import { isAfter, positionOf } from './position.ts'
import { earsOf, type Ears } from './ears.ts'
import { missedEvents } from './resume.ts'

export interface LiveDeps extends Pick<Deps, 'transact'> {
  readonly bus: LiveBus
  /** Aborted when the server shuts down: every stream ends then. */
  readonly closing: AbortSignal
  readonly heartbeatMs?: number
  /** Streams that one person may hold open. */
  readonly perPerson?: number
}

const retryMs = { expired: 100, closing: 1000 }

async function checkArea(call: Call, ears: Ears, area: string): Promise<void> {
  const known =
    inScope(ears.areas, area) &&
    (await call.transact((tx) =>
      tx.selectFrom('area').select('code').where('code', '=', area).executeTakeFirst(),
    ))
  if (!known) throw new ProblemError('area_not_found')
}

/**
 * How far the reader is. They may know more than the bus of this process, having listened to another that was quicker.
 */
const lastOf = (first: string, ...others: (string | undefined)[]): string =>
  others.reduce<string>(
    (last, id) => (id !== undefined && isAfter(positionOf(id)!, positionOf(last)!) ? id : last),
    first,
  )

/** Counts the streams of each person. Answers false when there are too many. */
function counter(most: number) {
  const streams = new Map<string, number>()
  return {
    enter(person: string): boolean {
      const count = streams.get(person) ?? 0
      if (count >= most) return false
      streams.set(person, count + 1)
      return true
    },
    leave(person: string): void {
      const left = (streams.get(person) ?? 0) - 1
      if (left > 0) streams.set(person, left)
      else streams.delete(person)
    },
  }
}

/** What the caller may see of the bus; held back until `release` says where to send it. */
function tap(ears: Ears, bus: LiveBus) {
  const begin = bus.position
  let held: LoggedEvent[] | undefined = []
  let send: (event: LoggedEvent) => void = () => undefined
  const stop = bus.subscribe((event) => {
    if (!ears.hear(event)) return
    if (held) held.push(event)
    else send(event)
  })
  return {
    begin,
    stop,
    release(to: (event: LoggedEvent) => void): void {
      const events = held ?? []
      held = undefined
      send = to
      for (const event of events) to(event)
    },
  }
}

/** Live events over server-sent events. */
export function liveHandlers(deps: LiveDeps): HandlersOf<Operations['live']> {
  const persons = counter(deps.perPerson ?? 12)

  return {
    async missed(call, { area, after }) {
      const ears = earsOf(call.request.caller!, area)
      await checkArea(call, ears, area)
      // before the log is read: what comes in between is read then, and not passed by
      const { position } = deps.bus
      const missed = after === undefined ? [] : await missedEvents(deps.transact, ears, after, position)
      const last = missed === undefined ? position : lastOf(position, after, missed.at(-1)?.id)
      const told = missed?.map(({ id, data }) => `{"id":"${id}","event":${data}}`) ?? []
      const text = `{"events":[${told.join()}],"last":"${last}","reset":${missed === undefined}}`
      return new RawJson(text, { 'cache-control': 'no-store' })
    },

    async stream(call, { area }) {
      const ears = earsOf(call.request.caller!, area)
      await checkArea(call, ears, area)
      const { raw } = call.reply
      if (raw.destroyed) return hijacked
      const person = call.session.id
      if (!persons.enter(person)) throw new ProblemError('rate_limited', { headers: { 'retry-after': '30' } })

      // before what was missed is read, so that nothing falls between the two; what both hold is sent once
      const source = tap(ears, deps.bus)
      raw.once('close', () => {
        source.stop()
        persons.leave(person)
      })
      const header = call.request.headers['last-event-id']
      const lastEventId = typeof header === 'string' && header !== '' ? header : undefined
      const missed =
        lastEventId === undefined ? [] : await missedEvents(deps.transact, ears, lastEventId, source.begin)
      // gone while that was read: what would end the stream has happened, and its timers would stay
      if (raw.destroyed) return hijacked

      call.reply.hijack()
      const headers = call.reply.getHeaders()
      const stream = new EventStream(raw, { headers, heartbeatMs: deps.heartbeatMs ?? 15_000 })
      endInTime(call, stream, deps.closing)
      for (const event of missed ?? []) stream.send(event)
      const sent = missed === undefined ? source.begin : lastOf(source.begin, lastEventId, missed.at(-1)?.id)
      if (missed === undefined) stream.send({ id: sent, type: 'reset', data: '{}' })
      // also gives the reader an id to come back with before anything has happened
      stream.send({ id: sent, type: 'ready', data: '{}' })
      const end = positionOf(sent)!
      source.release((event) => {
        if (isAfter(positionOf(event.id)!, end)) stream.send(event)
      })
      return hijacked
    },
  }
}

/** A stream lives no longer than the token that opened it, nor than the server. */
function endInTime(call: Call, stream: EventStream, closing: AbortSignal): void {
  const shutDown = () => stream.end(retryMs.closing)
  const lifetime = call.session.expiresAt.getTime() - call.now().getTime()
  const expiry = setTimeout(() => stream.end(retryMs.expired), lifetime)
  call.reply.raw.once('close', () => {
    clearTimeout(expiry)
    closing.removeEventListener('abort', shutDown)
  })
  if (closing.aborted) shutDown()
  else closing.addEventListener('abort', shutDown, { once: true })
}
