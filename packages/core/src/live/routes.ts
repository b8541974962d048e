/** Method and path of the event stream. */
export const liveRoutes = { stream: 'GET /v1/events' } as const
