/** Method and path of the operations about the caller. */
export const meRoutes = { get: 'GET /v1/me' } as const
