import type { Operation } from '../internal/operation.ts'
import { meRoutes } from './routes.ts'
import { Me } from './schema.ts'

export const meOperations = {
  get: {
    route: meRoutes.get,
    summary: ['当前登录人及其权限范围', 'The caller and what they may do where'],
    capability: 'area.read',
    success: { status: 200, schema: Me },
  },
} as const satisfies Record<string, Operation>
