/** Method and path of the diary operations. */
export const diaryRoutes = {
  list: 'GET /v1/diaries',
  create: 'POST /v1/diaries',
  get: 'GET /v1/diaries/:id',
  edit: 'PATCH /v1/diaries/:id',
  remove: 'DELETE /v1/diaries/:id',
  restore: 'POST /v1/diaries/:id/restore',
  revisions: 'GET /v1/diaries/:id/revisions',
  acceptAnswer: 'PUT /v1/diaries/:id/accepted-answer',
  withdrawAnswer: 'DELETE /v1/diaries/:id/accepted-answer',
  markUseful: 'PUT /v1/diaries/:id/useful',
  unmarkUseful: 'DELETE /v1/diaries/:id/useful',
  usefulMarks: 'GET /v1/useful-marks',
} as const

/** Method and path of the comment operations. */
export const commentRoutes = {
  list: 'GET /v1/diaries/:diaryId/comments',
  create: 'POST /v1/diaries/:diaryId/comments',
  remove: 'DELETE /v1/diaries/:diaryId/comments/:id',
  restore: 'POST /v1/diaries/:diaryId/comments/:id/restore',
} as const
