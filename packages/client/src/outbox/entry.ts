import { newId } from '../internal/id.ts'
import { jsonCopy } from '../internal/json.ts'
import type { StoredEntry } from './store-contract.ts'
import type { OutboxExtras, OutboxInput, OutboxPhoto } from './types.ts'

/** What is to be kept of a photo; that it is sealed must not be lost. */
export const named = (photo: Blob | OutboxPhoto): OutboxPhoto =>
  photo instanceof Blob
    ? { id: newId(), blob: photo }
    : { id: photo.id, blob: photo.blob, ...(photo.sealed && { sealed: true }) }

/** Makes the record that goes to disk, complete: whoever sends it later needs nothing else. */
export function makeEntry(
  input: OutboxInput,
  photos: readonly (Blob | OutboxPhoto)[],
  author: string,
  now: number,
  { forward }: OutboxExtras = {},
): StoredEntry {
  const kept = photos.map(named)
  const id = input.id ?? newId()
  const writtenAt = input.writtenAt ?? new Date(now).toISOString()
  const diary = {
    ...input,
    id,
    writtenAt,
    ...(kept.length > 0 ? { photos: kept.map((photo) => photo.id) } : {}),
  }
  return {
    // A page of before this wish existed must not send the diary and drop the wish.
    schema: forward ? 2 : 1,
    id,
    author,
    operation: 'diaries.create',
    // A framework's reactive proxy cannot be cloned into the database; its JSON can, and is what will be sent.
    input: jsonCopy(diary) as StoredEntry['input'],
    photos: kept,
    idempotencyKey: newId(),
    enqueuedAt: now,
    ...(forward && { forward: jsonCopy(forward) }),
  }
}
