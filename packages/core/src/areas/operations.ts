import Type from 'typebox'
import type { Operation } from '../internal/operation.ts'
import { named, strict } from '../internal/shapes.ts'
import { areaRoutes } from './routes.ts'
import { Area, AreaCode } from './schema.ts'

const AreaList = named('AreaList', {
  items: Type.Array(Area),
  /** From the outermost area in reach down to the one asked for: a breadcrumb. Empty for a search. */
  path: Type.Array(Area),
})

export const areaOperations = {
  get: {
    route: areaRoutes.get,
    summary: ['读取一个区域', 'Read one area'],
    capability: 'area.read',
    params: strict({ code: AreaCode }),
    success: { status: 200, schema: Area },
    errors: ['area_not_found'],
  },
  children: {
    route: areaRoutes.children,
    summary: ['列出下一级区域', 'List the areas one level down'],
    capability: 'area.read',
    params: strict({ code: AreaCode }),
    success: { status: 200, schema: AreaList },
    errors: ['area_not_found'],
  },
  search: {
    route: areaRoutes.search,
    summary: ['按名称查找区域（最多 50 个）', 'Find areas by name, 50 at most'],
    capability: 'area.read',
    query: strict({
      q: Type.String({ minLength: 1, maxLength: 30 }),
      under: Type.Optional(AreaCode),
    }),
    success: { status: 200, schema: AreaList },
    errors: ['area_not_found'],
  },
} as const satisfies Record<string, Operation>
