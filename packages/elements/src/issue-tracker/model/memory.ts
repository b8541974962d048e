import type { Me } from '@minqing/core'
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

/** What is kept for a time without network. */
export type Sort = 'list' | 'issue' | 'counts' | 'daysOff' | 'catalogue'

interface Kept {
  at: Date
  value: unknown
}
interface Schema extends DBSchema {
  kept: {
    key: [server: string, person: string, sort: string, key: string]
    value: Kept
    indexes: { at: Date }
  }
  /** Who read last on each server. */
  people: { key: string; value: Me }
}

/** More is not kept: the oldest go. */
const most = 300

/** What was read, on this device, for the person who read it. Nobody else's is ever shown; it goes when another signs in. */
export class Memory {
  private writes = 0

  private constructor(
    private readonly db: IDBPDatabase<Schema>,
    private readonly server: string,
  ) {}

  static async open(server: string): Promise<Memory> {
    const db = await openDB<Schema>('mq-issues', 1, {
      upgrade(made) {
        made.createObjectStore('kept').createIndex('at', 'at')
        made.createObjectStore('people')
      },
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    })
    return new Memory(db, server)
  }

  remembered = (): Promise<Me | undefined> => this.db.get('people', this.server)

  /** Whoever signs in takes the memory over: another person's is forgotten. */
  async remember(me: Me): Promise<void> {
    const before = await this.remembered()
    if (before && before.id !== me.id)
      await this.db.delete('kept', IDBKeyRange.bound([this.server], [this.server, []]))
    await this.db.put('people', me, this.server)
  }

  async keep(me: Me, sort: Sort, key: string, value: unknown): Promise<void> {
    await this.db.put('kept', { at: new Date(), value }, [this.server, me.id, sort, key])
    if (++this.writes % 50 === 0) await this.trim()
  }

  async recall<T>(me: Me, sort: Sort, key: string): Promise<{ at: Date; value: T } | undefined> {
    return (await this.db.get('kept', [this.server, me.id, sort, key])) as { at: Date; value: T } | undefined
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
