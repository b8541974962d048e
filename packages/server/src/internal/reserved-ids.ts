import { anonymousId } from '@minqing/core'

export { anonymousId }

/** Ids under which the server itself acts or speaks: no token may claim to be one of them. */
export const reservedIds: ReadonlySet<string> = new Set([anonymousId, 'system', 'center'])
