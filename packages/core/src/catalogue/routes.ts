/** Method and path of the operations on the dispatch catalogue. */
export const catalogueRoutes = {
  categories: 'GET /v1/categories',
  saveCategory: 'PUT /v1/categories/:code',
  units: 'GET /v1/units',
  saveUnit: 'PUT /v1/units/:id',
  import: 'POST /v1/catalogue-imports',
  importStatus: 'GET /v1/catalogue-imports/:id',
} as const
