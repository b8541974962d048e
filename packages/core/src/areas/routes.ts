/** Method and path of the area operations. */
export const areaRoutes = {
  get: 'GET /v1/areas/:code',
  children: 'GET /v1/areas/:code/children',
  search: 'GET /v1/areas',
} as const
