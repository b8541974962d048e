import { pathOf, routes, type Photo, type PhotoTicket } from '@minqing/core/wire'
import type { Caller } from './internal/caller.ts'
import type { Photos } from './types.ts'
import { newId } from './internal/id.ts'
import { lazily } from './internal/lazy.ts'

const minute = 60_000

/** A ticket, when it came and for how long this device uses it. */
interface HeldTicket {
  ticket: string
  at: number
  ms: number
}

/**
 * Not longer than half an hour, so that it does not expire in a page that stays open; at least a minute, so that a
 * device whose clock is ahead does not ask for one per photo.
 */
function hold({ ticket, expiresAt }: PhotoTicket): HeldTicket {
  const at = Date.now()
  const left = Date.parse(expiresAt) - at - minute
  return { ticket, at, ms: Math.min(Math.max(left, minute), 30 * minute) }
}

/** Below zero: the clock was set back since, and nobody knows how old it is. */
const isFresh = ({ at, ms }: HeldTicket): boolean => {
  const age = Date.now() - at
  return age >= 0 && age < ms
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
    if (isFresh(held)) return held.ticket
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
