/** Method and path of the operations on the caller's inbox. */
export const inboxRoutes = {
  list: 'GET /v1/inbox',
  count: 'GET /v1/inbox-count',
  markRead: 'POST /v1/inbox/read',
} as const
