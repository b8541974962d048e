import type { Operation } from '../internal/operation.ts'
import { meRoutes, sessionRoutes } from './routes.ts'
import { Me, NewSession, SessionToken } from './schema.ts'

export const meOperations = {
  get: {
    route: meRoutes.get,
    summary: ['当前登录人及其权限范围', 'The caller and what they may do where'],
    capability: 'area.read',
    success: { status: 200, schema: Me },
  },
} as const satisfies Record<string, Operation>

export const sessionOperations = {
  exchange: {
    route: sessionRoutes.exchange,
    summary: ['用宿主的登录凭证换取令牌', "Exchange the host's assertion of who somebody is for a token"],
    capability: null,
    body: NewSession,
    success: { status: 201, schema: SessionToken },
    errors: ['provider_unknown', 'assertion_refused', 'person_unknown', 'origin_denied'],
  },
} as const satisfies Record<string, Operation>
