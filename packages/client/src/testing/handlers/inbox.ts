import type { InboxEntry } from '@minqing/core'
import type { Call, KitHandlers } from '../internal/call.ts'
import { isFor } from '../internal/live-log.ts'
import { pageOf } from '../internal/pages.ts'

/** The caller's messages: to them, their units and their desks. */
function entriesOf(call: Call): InboxEntry[] {
  const { session, accessFor, state } = call
  const listener = { id: session.id, accessFor }
  return state.inbox.all().flatMap(({ entry, actor, person, unit, desk }) => {
    const to = { person, units: unit === null ? [] : [unit], desk }
    if (!isFor(listener, to, { area: entry.area.code, actor, type: entry.type })) return []
    return [{ ...entry, read: state.read.get(`${session.id} ${entry.id}`) !== undefined }]
  })
}

const countUnread = (call: Call) => ({ unread: entriesOf(call).filter(({ read }) => !read).length })

export const inbox: KitHandlers<'inbox'> = {
  list(call, { unread, type, cursor, limit = 30 }) {
    const found = entriesOf(call).filter(
      (entry) => !(unread === 'yes' && entry.read) && (type === undefined || entry.type === type),
    )
    return pageOf(found, { place: ({ at, id }) => ({ at: Date.parse(at), id }), cursor, limit })
  },
  count: countUnread,
  markRead(call, { ids = [], until }) {
    // a phone whose clock is ahead must not mark what is still to come
    const moment = until === undefined ? -1 : Math.min(Date.parse(until), call.at)
    for (const { id, at } of entriesOf(call)) {
      if (ids.includes(id) || Date.parse(at) <= moment) call.state.read.set(`${call.session.id} ${id}`, true)
    }
    return countUnread(call)
  },
}
