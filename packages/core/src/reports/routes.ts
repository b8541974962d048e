/** Method and path of the residents' operations. */
export const reportRoutes = {
  form: 'GET /v1/report-form',
  create: 'POST /v1/reports',
  createAnonymous: 'POST /v1/anonymous-reports',
  mine: 'GET /v1/reports',
  status: 'GET /v1/report-status',
  rate: 'POST /v1/report-rating',
  reopen: 'POST /v1/report-reopening',
} as const
