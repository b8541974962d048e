/** Method and path of the event stream, and of the same log for those who cannot read a stream. */
export const liveRoutes = { stream: 'GET /v1/events', missed: 'GET /v1/missed-events' } as const
