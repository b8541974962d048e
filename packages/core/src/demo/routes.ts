/** Method and path of the operations that exist only in demo mode. */
export const demoRoutes = { personas: 'GET /v1/demo/personas', token: 'POST /v1/demo/token' } as const
