import { isMinqingError } from '@minqing/client'
import { createVault, type AtRest, type Vault } from '@minqing/client/at-rest'
import type { Me } from '@minqing/core/wire'
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { DraftPhoto } from '../photos/photo-row.ts'
import { openPerson, sealPerson, type StoredPerson } from './people.ts'

/** What a form keeps: plain data, and photos apart. */
export interface WithPhotos {
  photos: DraftPhoto[]
}

/** Sealed, nothing but the photos' ids can be read: their names lie in `sealed` with the rest. */
type StoredDraft = object & { photos: string[]; savedAt: number; sealed?: Uint8Array }
type StoredPhoto = DraftPhoto | { id: string; sealed: Blob }

interface Schema extends DBSchema {
  drafts: { key: string; value: StoredDraft }
  /** Keyed by [draft key, photo id]: a keystroke does not write the photos again. */
  photos: { key: [string, string]; value: StoredPhoto }
  /** Who wrote last on each server, for a start without network. */
  people: { key: string; value: StoredPerson }
}

const name = 'mq-drafts'
const strict = { durability: 'strict' } as const

/** Drafts on this device. What a method writes it writes in one transaction. */
export class DraftStore<D extends WithPhotos> {
  /** Where the draft of a key lies: beside one that cannot be opened, which is left as it is. */
  private readonly places = new Map<string, string>()

  private constructor(
    private readonly db: IDBPDatabase<Schema>,
    private readonly vault: Vault,
  ) {}

  static async open<D extends WithPhotos>(atRest?: AtRest): Promise<DraftStore<D>> {
    const db = await openDB<Schema>(name, 1, {
      upgrade(made) {
        made.createObjectStore('drafts')
        made.createObjectStore('photos')
        made.createObjectStore('people')
      },
      // A newer version of the page in another tab wants to upgrade: do not stand in its way.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    })
    return new DraftStore<D>(db, createVault(atRest, name))
  }

  /**
   * @throws MinqingError `entry_locked` or `entry_damaged` when there is one that cannot be opened; what is saved after
   *   that lies beside it
   */
  async load(key: string): Promise<D | undefined> {
    const taken = (await this.db.getAllKeys('drafts', IDBKeyRange.bound(key, `${key}~~`))).filter(
      (place) => place === key || place.startsWith(`${key}~`),
    )
    let failure: unknown
    for (const place of taken) {
      try {
        const draft = await this.read(place)
        this.places.set(key, place)
        return draft
      } catch (error) {
        if (!isMinqingError(error)) throw error
        failure ??= error
      }
    }
    let place = key
    for (let n = 1; taken.includes(place); n++) place = `${key}~${n}`
    this.places.set(key, place)
    if (failure) throw failure as Error
    return undefined
  }

  private async read(place: string): Promise<D | undefined> {
    const tx = this.db.transaction(['drafts', 'photos'])
    const stored = await tx.objectStore('drafts').get(place)
    if (!stored) return undefined
    const found = await Promise.all(stored.photos.map((id) => tx.objectStore('photos').get([place, id])))
    const { savedAt: _, sealed, ...plain } = stored
    if (sealed) {
      const draft = await this.vault.openData<D>(sealed, place)
      const photos: DraftPhoto[] = []
      for (const [n, photo] of draft.photos.entries()) {
        const one = found[n]
        if (one && 'sealed' in one)
          photos.push({ ...photo, blob: await this.vault.openBlob(one.sealed, place, photo.id) })
      }
      return { ...draft, photos }
    }
    const kept = found.filter((photo): photo is DraftPhoto => photo !== undefined && 'blob' in photo)
    const draft = { ...plain, photos: kept } as WithPhotos as D
    // Written before drafts were sealed here.
    if (this.vault.seals) await this.write(place, draft, true).catch(() => undefined)
    return draft
  }

  /** Writes the text, and of the photos only those that are new; drops those that are gone. */
  async save(key: string, draft: D): Promise<void> {
    if (!this.places.has(key)) await this.load(key).catch(() => undefined)
    await this.write(this.places.get(key) ?? key, draft)
  }

  private async write(place: string, { photos, ...draft }: D, anew = false): Promise<void> {
    const { vault } = this
    const kept = (await this.db.getAllKeys('photos', range(place))).map(([, id]) => id)
    const ids = photos.map(({ id }) => id)
    const names = photos.map(({ blob: _, ...photo }) => photo)
    const content = vault.seals ? { sealed: await vault.sealData({ ...draft, photos: names }, place) } : draft
    const fresh: StoredPhoto[] = []
    for (const photo of photos) {
      if (!anew && kept.includes(photo.id)) continue
      const { id, blob } = photo
      fresh.push(vault.seals ? { id, sealed: await vault.sealBlob(blob, place, id) } : photo)
    }
    const tx = this.db.transaction(['drafts', 'photos'], 'readwrite', strict)
    const store = tx.objectStore('photos')
    void tx.objectStore('drafts').put({ ...content, photos: ids, savedAt: Date.now() }, place)
    for (const photo of fresh) void store.put(photo, [place, photo.id])
    for (const id of kept) if (!ids.includes(id)) void store.delete([place, id])
    await tx.done
  }

  async remove(key: string): Promise<void> {
    const place = this.places.get(key) ?? key
    const tx = this.db.transaction(['drafts', 'photos'], 'readwrite', strict)
    void tx.objectStore('drafts').delete(place)
    void tx.objectStore('photos').delete(range(place))
    await tx.done
  }

  remember = async (server: string, me: Me): Promise<unknown> =>
    this.db.put('people', await sealPerson(this.vault, server, me), server)
  remembered = async (server: string): Promise<Me | undefined> =>
    openPerson(this.vault, server, await this.db.get('people', server))
  close = (): void => this.db.close()
}

// Arrays sort after strings, so this spans every photo of the draft.
const range = (key: string) => IDBKeyRange.bound([key], [key, []])
