import type { Operation } from '../internal/operation.ts'
import { inboxRoutes } from './routes.ts'
import { InboxCount, InboxPage, InboxQuery, InboxRead } from './schema.ts'

export const inboxOperations = {
  list: {
    route: inboxRoutes.list,
    summary: ['消息列表', "The caller's messages, newest first"],
    capability: 'inbox.read',
    query: InboxQuery,
    success: { status: 200, schema: InboxPage },
    errors: ['cursor_invalid'],
    paged: true,
  },
  count: {
    route: inboxRoutes.count,
    summary: ['未读消息数', 'How many messages the caller has not read'],
    capability: 'inbox.read',
    success: { status: 200, schema: InboxCount },
  },
  markRead: {
    route: inboxRoutes.markRead,
    summary: ['标为已读', 'Mark messages as read'],
    capability: 'inbox.read',
    body: InboxRead,
    success: { status: 200, schema: InboxCount },
  },
} as const satisfies Record<string, Operation>
