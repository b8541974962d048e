import { routes, type Diary } from '@minqing/core/wire'
import { clientError } from '../errors.ts'
import type { Caller } from '../internal/caller.ts'
import { lazily } from '../internal/lazy.ts'
import type { SealingStore } from './sealing-store.ts'
import type { StoredPair } from './store-contract.ts'

/** Reports sent bytes of an entry's photos, 0 to 1. */
export type OnProgress = (fraction: number) => void

/** Can be called ahead, while there is a network. */
export const loadUpload = () => lazily(() => import('../internal/upload.ts'))

/** The browser keeps blobs in files of its own; after a crash or a clean-up one may be gone. */
async function assertReadable(blob: Blob): Promise<void> {
  try {
    await blob.slice(0, 1).arrayBuffer()
  } catch (cause) {
    throw clientError('photo_unreadable', cause)
  }
}

/**
 * Sends one entry: its photos first, each going on where it stopped, then the diary. May be repeated at any point:
 * photos have their own ids, and the diary its id and idempotency key.
 *
 * @param mayExist whether it was tried before, so that the server may have some of its photos
 */
export async function sendEntry(
  caller: Caller,
  store: Pick<SealingStore, 'photo'>,
  entry: StoredPair['entry'],
  mayExist: boolean,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<Diary> {
  const { photos, author, input } = entry
  const total = photos.reduce((sum, { blob }) => sum + blob.size, 0)
  let done = 0
  for (const photo of photos) {
    const { id } = photo
    const { size } = photo.blob
    await assertReadable(photo.blob)
    const { upload } = await loadUpload()
    const blob = await store.photo(entry, photo)
    const report = (sent: number, of: number) =>
      onProgress(total === 0 ? 1 : (done + (of === 0 ? size : (size * sent) / of)) / total)
    const options = { id, area: input.area, subject: author, signal, onProgress: report }
    await upload(caller, blob, options, mayExist)
    done += size
  }
  const { idempotencyKey } = entry
  const options = { idempotencyKey, retries: 0, timeoutMs: 30_000, subject: author, signal }
  const diary = (await caller.call(routes.diaries.create, input, options)) as Diary | undefined
  // A login page of the network that answers 200 to everything has not stored anything.
  if (diary?.id !== entry.id) throw clientError('bad_response')
  return diary
}
