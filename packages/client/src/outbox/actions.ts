import { MinqingError, clientError } from '../errors.ts'
import { newId } from '../internal/id.ts'
import { entrySchema } from './flush.ts'
import { makeEntry } from './entry.ts'
import type { SealingStore } from './sealing-store.ts'
import type { Change, StoredPair } from './store-contract.ts'
import type { OutboxExtras, OutboxInput, OutboxPhoto } from './types.ts'
import { verdictOn } from './verdict.ts'

/** Days in which a discarded entry can be brought back. */
export const restoreDays = 7

const gone = () =>
  new MinqingError({
    code: 'not_found',
    titles: {
      'zh-CN': '本机上没有这条内容，可能已经发送',
      en: 'No such entry on this device; it may have been sent',
    },
  })

/** What a person does to an entry of theirs. Each is one transaction. */
export function createActions(store: SealingStore, author: () => Promise<string>, now: () => number) {
  const find = async (id: string): Promise<StoredPair> => {
    // Of several with one id (sent twice by a host) the parked one is meant: it is the one shown with a problem.
    const pairs = (await store.list(await author())).filter(({ entry }) => entry.id === id)
    const found = pairs.find(({ progress }) => progress?.state === 'parked') ?? pairs[0]
    if (!found) throw gone()
    return found
  }
  const act = async (id: string, decide: (pair: StoredPair) => Change | undefined): Promise<StoredPair> => {
    const found = await find(id)
    const pair = await store.change(found.entry.key, decide)
    if (!pair) throw gone()
    return pair
  }
  const known = (pair: StoredPair) => {
    if (pair.entry.closed) throw clientError(pair.entry.closed)
    if (pair.entry.schema > entrySchema) throw clientError('entry_unknown')
  }

  return {
    retry: (id: string) =>
      act(id, (pair) => {
        known(pair)
        if (pair.progress?.state !== 'parked') return undefined
        // The server refused the old key's request, so nothing was written under it.
        return { entry: { ...pair.entry, idempotencyKey: newId() }, progress: null }
      }),

    discard: (id: string) =>
      act(id, ({ entry, progress }) => ({
        progress: { attempts: 0, nextAt: 0, ...progress, key: entry.key, state: 'discarded', at: now() },
      })),

    restore: (id: string) =>
      act(id, ({ progress }) => {
        if (progress?.state !== 'discarded') return undefined
        // A refusal that it had before stands until its author mends it; a network that was away does not.
        const refused = progress.problem !== undefined && verdictOn(progress.problem) === 'park'
        return { progress: { ...progress, state: refused ? 'parked' : 'pending', nextAt: 0 } }
      }),

    edit: (
      id: string,
      input: OutboxInput,
      photos: readonly (Blob | OutboxPhoto)[],
      extras: OutboxExtras = {},
    ) =>
      act(id, (pair) => {
        known(pair)
        const { entry, progress } = pair
        // Its diary is on the server: that is where it is edited.
        if (entry.arrived) throw clientError('entry_busy')
        if (progress && progress.state !== 'parked' && progress.attempts > 0) throw clientError('entry_busy')
        const taken = progress?.problem?.code === 'id_taken'
        const made = makeEntry(
          { ...input, id: taken ? newId() : entry.id },
          photos,
          entry.author,
          entry.enqueuedAt,
          extras,
        )
        return { entry: { ...made, key: entry.key }, progress: null }
      }),

    photos: async (id: string): Promise<OutboxPhoto[]> => {
      const pair = await find(id)
      known(pair)
      const { entry } = pair
      const photos: OutboxPhoto[] = []
      for (const photo of entry.photos) photos.push({ id: photo.id, blob: await store.photo(entry, photo) })
      return photos
    },

    /** Forgets what was discarded long ago. */
    async purge(): Promise<void> {
      const limit = now() - restoreDays * 24 * 3_600_000
      for (const { entry, progress } of await store.list(await author())) {
        if (progress?.state === 'discarded' && (progress.at ?? 0) < limit) {
          await store.change(entry.key, (pair) =>
            pair.progress?.state === 'discarded' ? 'remove' : undefined,
          )
        }
      }
    },
  }
}
