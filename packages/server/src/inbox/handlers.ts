import type { Operations } from '@minqing/core'
import { fromCursor, toCursor } from '../internal/cursor.ts'
import { RawJson, type HandlersOf } from '../internal/handler.ts'
import { partsOf } from './addresses.ts'
import { markIds, markUntil } from './mark.ts'
import { countUnread, listEntries, type FoundEntry } from './query.ts'
import './tables.ts'

/** The stored text of an entry, and whether this caller has read it. */
const wireOf = ({ wire, read }: FoundEntry): string => `${wire.slice(0, -1)},"read":${read}}`

function pageOf(found: readonly FoundEntry[], size: number): RawJson {
  const shown = found.slice(0, size)
  const place = (entry: FoundEntry | undefined) => JSON.stringify(entry ? toCursor(entry) : null)
  const next = found.length > size ? shown.at(-1) : undefined
  const items = shown.map(wireOf).join(',')
  return new RawJson(`{"items":[${items}],"next":${place(next)},"previous":${place(shown[0])}}`)
}

/** Handlers of the operations on the caller's inbox. */
export function inboxHandlers(): HandlersOf<Operations['inbox']> {
  return {
    list: (call, { unread, type, cursor, limit = 30 }) => {
      const after = cursor === undefined ? undefined : fromCursor(cursor)
      const query = { me: call.session.id, unread: unread === 'yes', type, after, size: limit }
      return call.transact(async (tx) => pageOf(await listEntries(tx, partsOf(call), query), limit))
    },
    count: (call) =>
      call.transact(async (tx) => ({ unread: await countUnread(tx, partsOf(call), call.session.id) })),
    markRead: (call, { ids = [], until }) => {
      const me = call.session.id
      // a phone whose clock is ahead must not mark what is still to come
      const moment = until === undefined ? undefined : Math.min(Date.parse(until), call.now().getTime())
      return call.transact(async (tx) => {
        const parts = partsOf(call)
        await markIds(tx, parts, me, ids)
        if (moment !== undefined) await markUntil(tx, call, parts, new Date(moment))
        return { unread: await countUnread(tx, parts, me) }
      })
    },
  }
}
