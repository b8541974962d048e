/** Method and path of the operations about the caller. */
export const meRoutes = { get: 'GET /v1/me' } as const

/** Method and path of the operation that lets somebody in. */
export const sessionRoutes = { exchange: 'POST /v1/session' } as const
