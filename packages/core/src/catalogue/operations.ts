import Type from 'typebox'
import type { Operation } from '../internal/operation.ts'
import { Uuid, named, strict } from '../internal/shapes.ts'
import { UnitId } from '../issues/flow-schema.ts'
import { CategoryCode } from '../issues/schema.ts'
import { catalogueRoutes } from './routes.ts'
import { catalogueLimits } from './rules.ts'
import { CatalogueImport, Category, CategoryChange, NewImport, Unit, UnitChange } from './schema.ts'

const county = strict({ county: Type.String({ pattern: '^\\d{6}$', description: 'Code of a county' }) })

export const catalogueOperations = {
  categories: {
    route: catalogueRoutes.categories,
    summary: ['派单目录：类别', 'The categories of the dispatch catalogue, in the order of their codes'],
    capability: 'catalogue.read',
    query: county,
    success: { status: 200, schema: named('CategoryList', { items: Type.Array(Category) }) },
    errors: ['area_not_found'],
  },
  saveCategory: {
    route: catalogueRoutes.saveCategory,
    summary: ['新增或修改类别', 'Add or change a category'],
    capability: 'catalogue.edit',
    params: strict({ code: CategoryCode }),
    body: CategoryChange,
    success: { status: 200, schema: Category },
    errors: ['area_not_found', 'category_unknown', 'unit_unknown', 'version_conflict'],
  },
  units: {
    route: catalogueRoutes.units,
    summary: ['承办单位', 'The units that can take issues'],
    capability: 'catalogue.read',
    query: county,
    success: { status: 200, schema: named('UnitList', { items: Type.Array(Unit) }) },
    errors: ['area_not_found'],
  },
  saveUnit: {
    route: catalogueRoutes.saveUnit,
    summary: ['新增或修改单位', 'Add or change a unit'],
    capability: 'catalogue.edit',
    params: strict({ id: UnitId }),
    body: UnitChange,
    success: { status: 200, schema: Unit },
    errors: ['area_not_found', 'version_conflict'],
  },
  import: {
    route: catalogueRoutes.import,
    summary: ['导入派单目录（CSV）', 'Import the catalogue from CSV; goes on in the background'],
    capability: 'catalogue.edit',
    body: NewImport,
    // the file as base64, and room for what stands around it
    bodyLimit: Math.ceil(catalogueLimits.file / 3) * 4 + 1024,
    success: { status: 201, schema: CatalogueImport },
    errors: ['area_not_found', 'id_taken', 'csv_unreadable', 'import_running'],
  },
  importStatus: {
    route: catalogueRoutes.importStatus,
    summary: ['导入进度与不合格的行', 'How far an import is, and which rows it rejected'],
    capability: 'catalogue.edit',
    params: strict({ id: Uuid }),
    success: { status: 200, schema: CatalogueImport },
    errors: ['not_found'],
  },
} as const satisfies Record<string, Operation>
