import type { Operation } from '../internal/operation.ts'
import { strict } from '../internal/shapes.ts'
import { AreaCode } from '../areas/schema.ts'
import { liveRoutes } from './routes.ts'
import { MissedEvents, MissedQuery } from './schema.ts'

export const liveOperations = {
  stream: {
    route: liveRoutes.stream,
    summary: [
      '实时事件流（SSE）；断线后以 Last-Event-ID 续传',
      "Live events (SSE) of an area, and the caller's messages; goes on after Last-Event-ID. `event: reset` means: too old, read again",
    ],
    capability: 'area.read',
    query: strict({ area: AreaCode }),
    success: { status: 200, mediaType: 'text/event-stream' },
    errors: ['area_not_found'],
  },
  missed: {
    route: liveRoutes.missed,
    summary: [
      '查询错过的实时事件；供不能接收事件流的环境轮询',
      'Live events after one that the caller knows, with the ids of the stream: for hosts that cannot read streams',
    ],
    capability: 'area.read',
    query: MissedQuery,
    success: { status: 200, schema: MissedEvents },
    errors: ['area_not_found'],
  },
} as const satisfies Record<string, Operation>
