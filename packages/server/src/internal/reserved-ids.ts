/** The reporter of what was reported without signing in. */
export const anonymousId = 'anonymous'

/** Ids under which the server itself acts or speaks: no token may claim to be one of them. */
export const reservedIds: ReadonlySet<string> = new Set([anonymousId, 'system', 'center'])
