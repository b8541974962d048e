import { routes, uploadsPath, type Photo } from '@minqing/core/wire'
import { Upload, type DetailedError, type UploadOptions as TusOptions } from 'tus-js-client'
import { clientError, errorOfAnswer, isMinqingError, type MinqingError } from '../errors.ts'
import type { UploadOptions } from '../types.ts'
import { linked, sleep } from './abort.ts'
import { withToken, type Caller } from './caller.ts'
import { newId } from './id.ts'
import { blobReader, fetchStack } from './tus-parts.ts'

/** What the outbox adds: whose upload it is. */
export interface SendPhotoOptions extends UploadOptions {
  id: string
  subject?: string
}

/** Without a byte moving for this long the connection counts as dead. */
const stallMs = 30_000
/** One request carries at most this much where progress is only known by request. */
const chunkBytes = 512 * 1024

/**
 * Sends a photo, or the rest of it.
 *
 * @param mayExist asks first whether the server has it, wholly or in part: for an id that was tried before
 */
export async function upload(
  caller: Caller,
  file: Blob,
  options: SendPhotoOptions,
  mayExist: boolean,
): Promise<Photo> {
  const { controller, unlink } = linked(options.signal, caller.closed)
  const { signal } = controller
  try {
    const known = mayExist ? await processed(caller, options, signal) : undefined
    if (known) {
      options.onProgress?.(file.size, file.size)
      return known
    }
    await withToken(
      caller.tokens,
      (token) => send(caller, file, options, token, mayExist, signal),
      options.subject,
    )
    return await awaitProcessed(caller, options, signal)
  } finally {
    unlink()
  }
}

/** The photo if the server has it complete. */
async function processed(caller: Caller, { id, subject }: SendPhotoOptions, signal: AbortSignal) {
  try {
    return (await caller.call(routes.photos.own, { id }, { signal, subject })) as Photo
  } catch (error) {
    if (isMinqingError(error, 'not_found')) return undefined
    throw error
  }
}

/** The server processes a photo before it answers the last byte, unless the answer was lost and we came back early. */
async function awaitProcessed(
  caller: Caller,
  options: SendPhotoOptions,
  signal: AbortSignal,
): Promise<Photo> {
  for (let attempt = 1; attempt <= 8; attempt++) {
    const photo = await processed(caller, options, signal)
    if (photo) return photo
    await sleep(250 * attempt, signal)
  }
  throw clientError('timeout')
}

function toMinqingError(error: Error | DetailedError) {
  const answer = 'originalResponse' in error ? error.originalResponse : null
  if (!answer) return clientError('offline', error)
  return errorOfAnswer(answer.getStatus(), parsed(answer.getBody()), answer.getHeader('Retry-After') ?? null)
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}

/** Client errors are final but for two: the upload is locked by an earlier request, or its offset has moved. */
function worthRepeating(error: DetailedError): boolean {
  const status = error.originalResponse?.getStatus() ?? 0
  return status === 0 || status === 409 || status === 423 || status >= 500
}

function send(
  caller: Caller,
  file: Blob,
  { id, area, onProgress }: SendPhotoOptions,
  token: string,
  mayExist: boolean,
  signal: AbortSignal,
): Promise<void> {
  const endpoint = caller.baseUrl + uploadsPath
  // XMLHttpRequest tells how many bytes are out, which fetch() cannot; it is passed by when the host has its own fetch.
  const byFetch = caller.customFetch || typeof XMLHttpRequest === 'undefined'
  return new Promise((resolve, reject) => {
    let watchdog: ReturnType<typeof setTimeout> | undefined
    const settle = (act: () => void) => {
      clearTimeout(watchdog)
      signal.removeEventListener('abort', abort)
      act()
    }
    const end = (error: MinqingError) => {
      void tus.abort()
      settle(() => reject(error))
    }
    const abort = () => end(clientError('aborted'))
    const alive = () => {
      clearTimeout(watchdog)
      watchdog = setTimeout(() => end(clientError('timeout')), stallMs)
    }
    const tusOptions: TusOptions = {
      endpoint,
      uploadUrl: mayExist ? `${endpoint}/${id}` : null,
      metadata: { photo: id, area, filetype: file.type || 'application/octet-stream' },
      headers: { Authorization: `Bearer ${token}`, 'Accept-Language': caller.locale },
      onBeforeRequest: (request) => {
        if (request.getMethod() === 'POST') request.setHeader('Idempotency-Key', newId())
      },
      fileReader: blobReader,
      ...(byFetch ? { httpStack: fetchStack(caller.fetch), chunkSize: chunkBytes } : {}),
      retryDelays: [500, 1500, 4000],
      onShouldRetry: worthRepeating,
      storeFingerprintForResuming: false,
      onProgress: (sent, total) => {
        alive()
        onProgress?.(sent, total)
      },
      onSuccess: () => settle(resolve),
      onError: (error) => settle(() => reject(toMinqingError(error))),
    }
    // The typings know only what Node and the DOM have in common; our reader takes the Blob.
    const tus = new Upload(file, tusOptions)
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort)
    alive()
    tus.start()
  })
}
