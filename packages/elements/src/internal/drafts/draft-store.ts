import type { Me } from '@minqing/core/wire'
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { DraftPhoto } from '../photos/photo-row.ts'

/** What a form keeps: plain data, and photos apart. */
export interface WithPhotos {
  photos: DraftPhoto[]
}

type StoredDraft = object & { photos: string[]; savedAt: number }

interface Schema extends DBSchema {
  drafts: { key: string; value: StoredDraft }
  /** Keyed by [draft key, photo id]: a keystroke does not write the photos again. */
  photos: { key: [string, string]; value: DraftPhoto }
  /** Who wrote last on each server, for a start without network. */
  people: { key: string; value: Me }
}

const strict = { durability: 'strict' } as const

/** Drafts on this device. Every method is one transaction. */
export class DraftStore<D extends WithPhotos> {
  private readonly db: IDBPDatabase<Schema>

  private constructor(db: IDBPDatabase<Schema>) {
    this.db = db
  }

  static async open<D extends WithPhotos>(): Promise<DraftStore<D>> {
    const db = await openDB<Schema>('mq-drafts', 1, {
      upgrade(made) {
        made.createObjectStore('drafts')
        made.createObjectStore('photos')
        made.createObjectStore('people')
      },
      // A newer version of the page in another tab wants to upgrade: do not stand in its way.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    })
    return new DraftStore<D>(db)
  }

  async load(key: string): Promise<D | undefined> {
    const tx = this.db.transaction(['drafts', 'photos'])
    const stored = await tx.objectStore('drafts').get(key)
    if (!stored) return undefined
    const photos = await Promise.all(stored.photos.map((id) => tx.objectStore('photos').get([key, id])))
    const { savedAt: _, ...draft } = stored
    const kept = photos.filter((photo): photo is DraftPhoto => photo !== undefined)
    return { ...draft, photos: kept } as WithPhotos as D
  }

  /** Writes the text, and of the photos only those that are new; drops those that are gone. */
  async save(key: string, { photos, ...draft }: D): Promise<void> {
    const tx = this.db.transaction(['drafts', 'photos'], 'readwrite', strict)
    const store = tx.objectStore('photos')
    const kept = (await store.getAllKeys(range(key))).map(([, id]) => id)
    const ids = photos.map(({ id }) => id)
    void tx.objectStore('drafts').put({ ...draft, photos: ids, savedAt: Date.now() }, key)
    for (const photo of photos) if (!kept.includes(photo.id)) void store.put(photo, [key, photo.id])
    for (const id of kept) if (!ids.includes(id)) void store.delete([key, id])
    await tx.done
  }

  async remove(key: string): Promise<void> {
    const tx = this.db.transaction(['drafts', 'photos'], 'readwrite', strict)
    void tx.objectStore('drafts').delete(key)
    void tx.objectStore('photos').delete(range(key))
    await tx.done
  }

  remember = (server: string, me: Me): Promise<unknown> => this.db.put('people', me, server)
  remembered = (server: string): Promise<Me | undefined> => this.db.get('people', server)
  close = (): void => this.db.close()
}

// Arrays sort after strings, so this spans every photo of the draft.
const range = (key: string) => IDBKeyRange.bound([key], [key, []])
