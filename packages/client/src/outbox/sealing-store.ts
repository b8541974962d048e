import { clientError, isMinqingError } from '../errors.ts'
import type { Change, OutboxStore, StoredEntry, StoredPair } from './store-contract.ts'
import { sealedSchema } from './flush.ts'
import type { OutboxPhoto } from './types.ts'
import type { Vault } from '../internal/at-rest/vault.ts'

type Entry = StoredPair['entry']

/**
 * A store that seals what it is given and opens what it gives. An entry that cannot be opened comes `closed`, with
 * nothing but its ids and times: whoever finds one can drop it, and do nothing else with it.
 */
export interface SealingStore extends OutboxStore {
  /** Whether what is written is sealed. */
  readonly seals: boolean
  /** A photo as it was taken. One at a time: they are large. */
  photo(entry: Entry, photo: OutboxPhoto): Promise<Blob>
  /** Seals what the author's entries hold in the open: those of before sealing. */
  sealRest(author: string): Promise<void>
  /** Whether an author has entries in the open that should be sealed. */
  hasRest(author: string): Promise<boolean>
}

/** What of an entry everybody may read: who wrote when, how far it got, under which ids. The rest is sealed. */
function parted(entry: StoredEntry) {
  const { key, id, author, operation, idempotencyKey, enqueuedAt, photos, sealed: _, ...content } = entry
  const clear = { ...(key !== undefined && { key }), id, author, operation, idempotencyKey, enqueuedAt }
  return { clear, photos, content: { ...content, photoIds: idsOf(photos) } }
}
const idsOf = (photos: readonly OutboxPhoto[]) => photos.map(({ id }) => id)

const areSame = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a === b || (!!a && !!b && a.length === b.length && a.every((byte, n) => byte === b[n]))

/** Whether a record is still as it was: every write of its content makes it another. */
const isUnchanged = (now: StoredPair, before: StoredPair): boolean =>
  areSame(now.entry.sealed, before.entry.sealed) &&
  now.entry.idempotencyKey === before.entry.idempotencyKey &&
  now.entry.arrived?.id === before.entry.arrived?.id &&
  JSON.stringify(now.progress) === JSON.stringify(before.progress)

/**
 * @param stub what stands in the open where the input was; old pages and lists look at it
 */
export function createSealingStore<Input extends object>(
  inner: OutboxStore,
  vault: Vault,
  stub: (input: Input) => Input,
): SealingStore {
  /** What was opened, by key: lists are read often. */
  const opened = new Map<number, { sealed: Uint8Array; content: Partial<StoredEntry> }>()

  const read = async (entry: Entry & { sealed: Uint8Array }): Promise<Partial<StoredEntry>> => {
    const known = opened.get(entry.key)
    if (known && areSame(known.sealed, entry.sealed)) return known.content
    type Content = Partial<StoredEntry> & { photoIds: string[] }
    const { photoIds, ...content } = await vault.openData<Content>(entry.sealed, entry.author, entry.id)
    if (photoIds.join() !== idsOf(entry.photos).join()) throw clientError('entry_damaged')
    opened.set(entry.key, { sealed: entry.sealed, content })
    return content
  }

  const open = async (pair: StoredPair): Promise<StoredPair> => {
    const { sealed } = pair.entry
    if (!sealed || pair.entry.schema > sealedSchema) return pair
    const entry = {
      ...pair.entry,
      sealed,
      photos: (pair.entry.photos ?? []).map((one) => ({ ...one, sealed: true as const })),
    }
    try {
      const { sealed: _, ...clear } = entry
      return { ...pair, entry: { ...clear, ...(await read(entry)) } }
    } catch (error) {
      const closed = isMinqingError(error, 'entry_locked') ? 'entry_locked' : 'entry_damaged'
      return { ...pair, entry: { ...entry, closed } }
    }
  }

  const photo = async ({ author, id }: StoredEntry, { blob, sealed, id: photoId }: OutboxPhoto) =>
    sealed ? vault.openBlob(blob, author, id, photoId) : blob

  /** @param from the record that it takes the place of: photos of it that are sealed already stay as they are */
  const seal = async (entry: StoredEntry, from?: Entry): Promise<StoredEntry> => {
    const photos: OutboxPhoto[] = []
    for (const one of entry.photos) {
      const before = one.sealed && from?.sealed && from.photos.find(({ id }) => id === one.id)
      if (one.sealed && !before)
        throw clientError('photo_unreadable', undefined, 'it is sealed for another entry')
      if (before && from!.id === entry.id && vault.seals) {
        photos.push({ id: one.id, blob: before.blob, sealed: true })
        continue
      }
      const blob = before ? await photo(from!, { ...before, sealed: true }) : one.blob
      photos.push(
        vault.seals
          ? { id: one.id, blob: await vault.sealBlob(blob, entry.author, entry.id, one.id), sealed: true }
          : { id: one.id, blob },
      )
    }
    if (!vault.seals) return { ...entry, photos }
    const { clear, content } = parted(entry)
    const sealed = await vault.sealData(content, entry.author, entry.id)
    return {
      ...clear,
      schema: sealedSchema,
      input: stub(entry.input as unknown as Input) as unknown as StoredEntry['input'],
      photos,
      sealed,
    }
  }

  const written = async (change: Change | undefined, { entry }: StoredPair): Promise<Change | undefined> => {
    if (change === undefined || change === 'remove' || !change.entry) return change
    if (change.entry.closed) throw clientError(change.entry.closed)
    return { ...change, entry: { ...(await seal(change.entry, entry)), key: entry.key } }
  }

  const change: OutboxStore['change'] = async (key, decide) => {
    for (;;) {
      // Sealing takes longer than a transaction lives: decided outside, written if nothing has changed meanwhile.
      const raw = await inner.get(key)
      if (!raw) return undefined
      const decision = decide(await open(raw))
      const kept = await written(decision, raw)
      let isWritten = false
      const now = await inner.change(key, (pair) => {
        isWritten = isUnchanged(pair, raw)
        return isWritten ? kept : undefined
      })
      if (!now) return undefined
      if (isWritten) return open(now)
    }
  }

  const rest = async (author: string) =>
    (await inner.list(author)).filter(({ entry }) => !entry.sealed && entry.schema < sealedSchema)

  return {
    seals: vault.seals,
    add: async (entry) => inner.add(await seal(entry)),
    list: async (author) => {
      const pairs: StoredPair[] = []
      for (const pair of await inner.list(author)) pairs.push(await open(pair))
      const keys = pairs.map(({ entry }) => entry.key)
      for (const key of opened.keys()) if (!keys.includes(key)) opened.delete(key)
      return pairs
    },
    get: async (key) => {
      const pair = await inner.get(key)
      return pair && open(pair)
    },
    change,
    photo,
    hasRest: async (author) => (await rest(author)).length > 0,
    sealRest: async (author) => {
      for (const { entry } of await rest(author)) {
        try {
          await change(entry.key, (pair) => ({ entry: pair.entry }))
        } catch (error) {
          // One whose photo the browser has lost stays as it is; its author is told when it is sent.
          if (!isMinqingError(error, 'photo_unreadable')) throw error
        }
      }
    },
    getFact: (name) => inner.getFact(name),
    changeFact: (name, decide) => inner.changeFact(name, decide),
    close: () => {
      opened.clear()
      inner.close()
    },
  }
}
