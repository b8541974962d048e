import { createVault, type AtRest, type Vault } from '@minqing/client/at-rest'
import type { Me } from '@minqing/core'
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { openPerson, sealPerson, type StoredPerson } from '../../internal/drafts/people.ts'
import { ifKept } from '../../internal/if-kept.ts'

/** What is kept for a time without network. */
export type Sort = 'list' | 'issue' | 'counts' | 'daysOff' | 'catalogue'

type Kept = { at: Date } & ({ value: unknown } | { sealed: Uint8Array })
interface Schema extends DBSchema {
  kept: {
    key: [server: string, person: string, sort: string, key: string]
    value: Kept
    indexes: { at: Date }
  }
  /** Who read last on each server. */
  people: { key: string; value: StoredPerson }
}

/** More is not kept: the oldest go. */
const most = 300
const name = 'mq-issues'
/** Among the people: nothing in the open is left here. */
const mark = '#sealed'

/** What was read, on this device, for the person who read it. Nobody else's is ever shown; it goes when another signs in. */
export class Memory {
  private writes = 0

  private constructor(
    private readonly db: IDBPDatabase<Schema>,
    private readonly server: string,
    private readonly vault: Vault,
  ) {}

  /** `undefined` where this device keeps nothing. */
  static open = (server: string, atRest?: AtRest): Promise<Memory | undefined> =>
    ifKept(() => Memory.connect(server, atRest))

  private static async connect(server: string, atRest?: AtRest): Promise<Memory> {
    const db = await openDB<Schema>(name, 1, {
      upgrade(made) {
        made.createObjectStore('kept').createIndex('at', 'at')
        made.createObjectStore('people')
      },
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    })
    const vault = createVault(atRest, name)
    const isMarked = (await db.getKey('people', mark)) !== undefined
    // What was read in the open before is forgotten: it comes from the server again.
    if (vault.seals && !isMarked) {
      await db.clear('kept')
      await db.clear('people')
      await db.put('people', { id: mark, sealed: new Uint8Array() }, mark)
    } else if (!vault.seals && isMarked) await db.delete('people', mark)
    return new Memory(db, server, vault)
  }

  remembered = async (): Promise<Me | undefined> =>
    openPerson(this.vault, this.server, await this.db.get('people', this.server))

  /** Whoever signs in takes the memory over: another person's is forgotten. */
  async remember(me: Me): Promise<void> {
    const before = await this.db.get('people', this.server)
    if (before && before.id !== me.id)
      await this.db.delete('kept', IDBKeyRange.bound([this.server], [this.server, []]))
    await this.db.put('people', await sealPerson(this.vault, this.server, me), this.server)
  }

  async keep(me: Me, sort: Sort, key: string, value: unknown): Promise<void> {
    // Of a list the key is the query: what was searched for would stand in the open.
    if (this.vault.seals && sort === 'list' && key.includes('"q":')) return
    const place = [this.server, me.id, sort, key] as const
    const content = this.vault.seals ? { sealed: await this.vault.sealData({ value }, ...place) } : { value }
    await this.db.put('kept', { at: new Date(), ...content }, [...place])
    if (++this.writes % 50 === 0) await this.trim()
  }

  async recall<T>(me: Me, sort: Sort, key: string): Promise<{ at: Date; value: T } | undefined> {
    const place = [this.server, me.id, sort, key] as const
    const kept = await this.db.get('kept', [...place])
    if (!kept) return undefined
    const { at } = kept
    const { value } = 'sealed' in kept ? await this.vault.openData<{ value: T }>(kept.sealed, ...place) : kept
    return { at, value: value as T }
  }

  private async trim(): Promise<void> {
    const tx = this.db.transaction('kept', 'readwrite')
    let over = (await tx.store.count()) - most
    for (let cursor = await tx.store.index('at').openCursor(); cursor && over > 0; over--) {
      await cursor.delete()
      cursor = await cursor.continue()
    }
    await tx.done
  }

  close = (): void => this.db.close()
}
