/** Where requests in envelopes are posted. The server has it only if it was told so. */
export const envelopePath = '/v1/envelope'

/** Request headers that an envelope may carry; with any other it is refused. */
export const envelopeHeaders = [
  'accept',
  'accept-language',
  'authorization',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'last-event-id',
  'tus-resumable',
  'upload-length',
  'upload-metadata',
  'upload-offset',
] as const

/** Headers of the answer that come back in one. */
export const envelopeAnswerHeaders = [
  'content-type',
  'etag',
  'idempotency-replayed',
  'location',
  'retry-after',
  'tus-resumable',
  'upload-length',
  'upload-offset',
] as const

/** Bytes of an envelope at most: a chunk of an upload (512 KB), a third more as base64, and its headers. */
export const envelopeBytes = 768 * 1024
