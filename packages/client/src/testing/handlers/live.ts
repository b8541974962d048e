import { inScope } from '@minqing/core'
import type { Call, KitHandlers } from '../internal/call.ts'
import { hears, type Logged } from '../internal/live-log.ts'
import { openStream } from '../internal/open-stream.ts'
import { KitProblem } from '../internal/problem.ts'

const position = /^1-(\d{1,15})$/

/** Everywhere that somebody may listen at all. */
const listenable = ({ accessFor }: Call): string[] =>
  (['diary.read', 'issue.read', 'inbox.read', 'report.create'] as const).flatMap(
    (capability) => accessFor(capability).areas,
  )

const frame = (id: number, type: string, data: string): string =>
  `id: 1-${id}\nevent: ${type}\ndata: ${data}\n\n`

function checkArea(call: Call, area: string): void {
  if (!inScope(listenable(call), area) || !call.state.areas.has(area)) throw new KitProblem('area_not_found')
}

const placeOf = (id: string): number => Number(position.exec(id)?.[1] ?? Number.NaN)

export const live: KitHandlers<'live'> = {
  missed(call, { area, after }) {
    const { log, session, accessFor } = call
    checkArea(call, area)
    const last = after === undefined ? log.position : placeOf(after)
    const missed = Number.isNaN(last) ? undefined : log.after(last)
    const heard = (missed ?? []).filter((logged) => hears({ id: session.id, accessFor }, area, logged))
    return {
      events: heard.map(({ id, event }) => ({ id: `1-${id}`, event })),
      last: `1-${log.position}`,
      reset: missed === undefined,
    }
  },
  stream(call, { area }) {
    const { log, session, accessFor, headers } = call
    checkArea(call, area)
    const listener = { id: session.id, accessFor }
    const known = headers.get('last-event-id')
    const last = known === null ? log.position : placeOf(known)
    const missed = log.after(last)
    return new Response(
      openStream(call, (write) => {
        const send = (logged: Logged) => {
          const { id, event } = logged
          if (hears(listener, area, logged)) write(frame(id, event.type, JSON.stringify(event)))
        }
        if (missed === undefined || Number.isNaN(last)) write(frame(log.position, 'reset', '{}'))
        else for (const logged of missed) send(logged)
        // also gives the reader an id to come back with before anything has happened
        write(frame(log.position, 'ready', '{}'))
        return log.subscribe(send)
      }),
      { headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' } },
    )
  },
}
