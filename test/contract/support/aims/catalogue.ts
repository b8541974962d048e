import { randomUUID } from 'node:crypto'
import type { OperationId } from '@minqing/core'
import { county, village } from '../people.ts'
import { sheet } from '../world.ts'
import { anyPartOfCounty, ofCounty, ofVillage, readers, readersOfArea, type Aim } from './aim.ts'

type Ids = Extract<OperationId, `catalogue.${string}`>

/** The dispatch catalogue, which belongs to a county. */
export const catalogueAims: Record<Ids, Aim> = {
  'catalogue.categories': {
    path: () => `/v1/categories?county=${county}`,
    ...readersOfArea,
    holds: ofCounty,
  },
  'catalogue.saveCategory': {
    path: () => '/v1/categories/0199',
    body: () => ({
      ...{ county, name: '其他', kind: 'help', words: ['其他'], autoDispatch: false, active: true },
      units: [],
    }),
    ...readersOfArea,
    holds: ofCounty,
  },
  'catalogue.units': { path: () => `/v1/units?county=${county}`, ...readersOfArea, holds: ofCounty },
  'catalogue.saveUnit': {
    path: () => '/v1/units/wangcun',
    body: () => ({ county, name: '村志愿队', kind: 'volunteers', area: village, active: true }),
    ...readersOfArea,
    holds: ofVillage,
  },
  'catalogue.import': {
    path: () => '/v1/catalogue-imports',
    body: () => ({ id: randomUUID(), county, file: sheet }),
    author: 201,
    other: 201,
    outside: 'area_not_found',
    holds: anyPartOfCounty,
    alone: true,
  },
  'catalogue.importStatus': {
    path: (world) => `/v1/catalogue-imports/${world.import}`,
    ...readers,
    holds: anyPartOfCounty,
  },
}
