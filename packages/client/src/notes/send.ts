import { routes, type Issue } from '@minqing/core/wire'
import { MinqingError, asMinqingError, clientError, isMinqingError } from '../errors.ts'
import type { Caller } from '../internal/caller.ts'
import { lazily } from '../internal/lazy.ts'
import type { StoredPair } from '../outbox/store-contract.ts'
import { noteOf, type NoteStore } from './store.ts'

type StoredEntry = StoredPair['entry']

/** A note says nothing of what others changed meanwhile: it is added to the issue as it then is. */
const versionTries = 4

/** Can be called ahead, while there is a network. */
export const loadUpload = () => lazily(() => import('../internal/upload.ts'))

async function sendPhotos(
  caller: Caller,
  store: NoteStore['outbox'],
  entry: StoredEntry,
  mayExist: boolean,
  signal: AbortSignal,
) {
  const { input, author, photos } = noteOf(entry)
  for (const photo of photos) {
    await photo.blob
      .slice(0, 1)
      .arrayBuffer()
      .catch((cause: unknown) => {
        throw clientError('photo_unreadable', cause)
      })
    const { upload } = await loadUpload()
    const blob = await store.photo(entry, photo)
    await upload(caller, blob, { id: photo.id, area: input.area, subject: author, signal }, mayExist)
  }
}

/**
 * Sends one note: its photos first, then the note, with the version that the issue has by then. May be repeated at any
 * point: photos have their own ids, and the note its idempotency key, which the server looks at before the version.
 *
 * @param mayExist whether it was tried before, so that the server may have some of its photos
 */
export async function sendNote(
  caller: Caller,
  store: NoteStore['outbox'],
  entry: StoredEntry,
  mayExist: boolean,
  signal: AbortSignal,
): Promise<Issue> {
  const note = noteOf(entry)
  const { author, idempotencyKey, input } = note
  const { issue: id, area: _, ...said } = input
  await sendPhotos(caller, store, entry, mayExist, signal)
  const body = {
    id,
    ...said,
    ...(note.photos.length > 0 && { photos: note.photos.map((photo) => photo.id) }),
  }
  const options = { retries: 0, timeoutMs: 30_000, subject: author, signal }
  for (let left = versionTries; ; left--) {
    const { version } = await readIssue(caller, id, options)
    try {
      const issue = (await caller.call(routes.issues.addProgress, body, {
        ...options,
        idempotencyKey,
        version,
      })) as Issue | undefined
      // A login page of the network that answers 200 to everything has not stored anything.
      if (issue?.id !== id) throw clientError('bad_response')
      return issue
    } catch (error) {
      if (!isMinqingError(error, 'version_conflict')) throw error
      // So busy an issue is quiet again a little later.
      if (left <= 1) throw clientError('timeout', error)
    }
  }
}

async function readIssue(caller: Caller, id: string, options: object): Promise<{ version: number }> {
  try {
    const issue = (await caller.call(routes.issues.get, { id }, options)) as Issue | undefined
    if (issue?.id !== id) throw clientError('bad_response')
    return issue
  } catch (thrown) {
    const error = asMinqingError(thrown)
    // The issue is out of reach for good, unlike an upload that was cleared away: its author has to look at it.
    if (error.code === 'not_found') throw new MinqingError({ ...error.toJSON(), code: 'forbidden' })
    throw error
  }
}
