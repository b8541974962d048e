import { pathOf, routes, type Photo, type PhotoTicket } from '@minqing/core/wire'
import type { Caller } from './internal/caller.ts'
import type { Photos } from './types.ts'
import { newId } from './internal/id.ts'
import { lazily } from './internal/lazy.ts'

const minute = 60_000

/** A ticket and until when this device uses it. */
interface HeldTicket {
  ticket: string
  until: number
}

/**
 * Not longer than half an hour, so that it does not expire in a page that stays open; at least a minute, so that a
 * device whose clock is ahead does not ask for one per photo.
 */
function hold({ ticket, expiresAt }: PhotoTicket): HeldTicket {
  const now = Date.now()
  const left = Date.parse(expiresAt) - now - minute
  return { ticket, until: now + Math.min(Math.max(left, minute), 30 * minute) }
}

export function createPhotos(caller: Caller, methods: object): Photos {
  let asked: Promise<HeldTicket> | undefined

  const ask = () => {
    const asking = caller.call(routes.photos.ticket, undefined).then((answer) => hold(answer as PhotoTicket))
    asked = asking
    // A failure is not kept: the next address asks again.
    asking.catch(() => (asked = asked === asking ? undefined : asked))
    return asking
  }

  const ticket = async (): Promise<string> => {
    const current = asked ?? ask()
    const held = await current
    if (held.until > Date.now()) return held.ticket
    // Many photos may find it stale at once; the first asks and the others wait for it.
    return (await (asked === current || !asked ? ask() : asked)).ticket
  }

  return {
    ...(methods as Photos),
    url: async (id, size) => {
      const path = pathOf(routes.photos.file).replace(':id', id).replace(':size', size)
      return `${caller.baseUrl}${path}?ticket=${encodeURIComponent(await ticket())}`
    },
    upload: async (file, options): Promise<Photo> => {
      const { upload } = await lazily(() => import('./internal/upload.ts'))
      return upload(caller, file, { ...options, id: options.id ?? newId() }, options.id !== undefined)
    },
  }
}
