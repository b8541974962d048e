/** Method and path of the photo operations. Bytes travel by tus 1.0 on `/v1/uploads`. */
export const photoRoutes = {
  get: 'GET /v1/photos/:id',
  own: 'GET /v1/own-photos/:id',
  ticket: 'GET /v1/photo-ticket',
  file: 'GET /v1/photos/:id/:size',
} as const

/** Where tus uploads are made; an upload's own address is this plus the photo's id. */
export const uploadsPath = '/v1/uploads'
