import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { clientError, isMinqingError } from '../errors.ts'
import type { Change, OutboxStore, StoredEntry, StoredPair, StoredProgress } from './store-contract.ts'

interface Schema extends DBSchema {
  entries: { key: number; value: StoredEntry; indexes: { author: string } }
  progress: { key: number; value: StoredProgress }
  facts: { key: string; value: unknown }
}

type Database = IDBPDatabase<Schema>

const version = 1
/** The disk has it before the promise resolves, not only the operating system. */
const strict = { durability: 'strict' } as const
/** Somebody waits behind a button: without storage the diary can still go out at once. */
const patienceMs = 4_000

const nameOf = (error: unknown) => (error instanceof Error || error instanceof DOMException ? error.name : '')

function toMinqingError(error: unknown) {
  return clientError(nameOf(error) === 'QuotaExceededError' ? 'quota_full' : 'storage_unavailable', error)
}

async function open(name: string, forget: () => void): Promise<Database> {
  const callbacks = {
    // A newer page wants to change the shape: give way, and open again when there is something to do.
    blocking: (_: number, __: number | null, event: IDBVersionChangeEvent) => {
      const database = event.target as IDBDatabase
      database.close()
      forget()
    },
    terminated: forget,
  }
  try {
    return await openDB<Schema>(name, version, {
      ...callbacks,
      upgrade(database, oldVersion) {
        if (oldVersion >= 1) return
        database
          .createObjectStore('entries', { keyPath: 'key', autoIncrement: true })
          .createIndex('author', 'author')
        database.createObjectStore('progress', { keyPath: 'key' })
        database.createObjectStore('facts')
      },
    })
  } catch (error) {
    // A newer version of this page was here before: its shape has at least our stores.
    if (nameOf(error) === 'VersionError') return openDB<Schema>(name, undefined, callbacks)
    throw error
  }
}

/** Some private windows and WebViews never answer. What opens after all is closed: nobody waits for it any more. */
export function openedInTime<D extends { close(): void }>(opening: Promise<D>, ms: number): Promise<D> {
  return new Promise((resolve, reject) => {
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      reject(new Error('The database did not open in time'))
    }, ms)
    const settle = (act: () => void) => {
      clearTimeout(timer)
      act()
    }
    opening.then(
      (database) => settle(() => (isLate ? database.close() : resolve(database))),
      (error: unknown) => settle(() => reject(error as Error)),
    )
  })
}

/** The outbox in IndexedDB. Opened when first needed, and again after the browser has closed it. */
export function createStore(name: string): OutboxStore {
  let opened: Promise<Database> | undefined
  let closed = false
  const forget = () => (opened = undefined)
  const connect = () => {
    // What comes late, from a timer or a request under way, must not open it again.
    if (closed) throw clientError('aborted')
    return openedInTime(open(name, forget), patienceMs)
  }

  const using = async <T>(work: (database: Database) => Promise<T>): Promise<T> => {
    try {
      opened ??= connect()
      try {
        return await work(await opened)
      } catch (error) {
        // The connection was closed under us between two uses; nothing of the work has happened.
        if (nameOf(error) !== 'InvalidStateError') throw error
        opened = connect()
        return await work(await opened)
      }
    } catch (error) {
      // Thrown by a decision about an entry; storage itself is well.
      if (isMinqingError(error)) throw error
      const failed = toMinqingError(error)
      if (failed.code === 'storage_unavailable') forget()
      throw failed
    }
  }

  return {
    add: (entry) =>
      using(async (database) => {
        const { store, done } = database.transaction('entries', 'readwrite', strict)
        const [key] = await Promise.all([store.add(entry), done])
        return key
      }),

    list: (author) =>
      using(async (database) => {
        const tx = database.transaction(['entries', 'progress'])
        const [entries, progress] = await Promise.all([
          tx.objectStore('entries').index('author').getAll(author),
          tx.objectStore('progress').getAll(),
        ])
        const byKey = new Map(progress.map((one) => [one.key, one]))
        return (entries as StoredPair['entry'][]).map((entry) => ({ entry, progress: byKey.get(entry.key) }))
      }),

    get: (key) =>
      using(async (database) => {
        const tx = database.transaction(['entries', 'progress'])
        const [entry, progress] = await Promise.all([
          tx.objectStore('entries').get(key),
          tx.objectStore('progress').get(key),
        ])
        return entry && { entry: entry as StoredPair['entry'], progress }
      }),

    change: (key, decide) =>
      using(async (database) => {
        const tx = database.transaction(['entries', 'progress'], 'readwrite', strict)
        const [found, progress] = await Promise.all([
          tx.objectStore('entries').get(key),
          tx.objectStore('progress').get(key),
        ])
        const entry = found as StoredPair['entry'] | undefined
        const change = entry && decide({ entry, progress })
        const written =
          change === undefined
            ? []
            : apply(tx.objectStore('entries'), tx.objectStore('progress'), key, change)
        await Promise.all([...written, tx.done])
        return entry && changed({ entry, progress }, change)
      }),

    getFact: (fact) => using((database) => database.get('facts', fact)),

    changeFact: (fact, decide) =>
      using(async (database) => {
        const { store, done } = database.transaction('facts', 'readwrite', strict)
        const value = decide(await store.get(fact))
        await Promise.all([value === undefined ? undefined : store.put(value, fact), done])
      }),

    close: () => {
      closed = true
      void opened?.then((database) => database.close()).catch(() => undefined)
      forget()
    },
  }
}

interface Writable<T> {
  put(value: T): Promise<unknown>
  delete(key: number): Promise<unknown>
}

function apply(
  entries: Writable<StoredEntry>,
  progress: Writable<StoredProgress>,
  key: number,
  change: Change,
) {
  if (change === 'remove') return [entries.delete(key), progress.delete(key)]
  const written: Promise<unknown>[] = []
  if (change.entry) written.push(entries.put(change.entry))
  if (change.progress === null) written.push(progress.delete(key))
  else if (change.progress) written.push(progress.put(change.progress))
  return written
}

function changed(pair: StoredPair, change: Change | undefined): StoredPair | undefined {
  if (change === 'remove') return undefined
  const progress = change?.progress === undefined ? pair.progress : (change.progress ?? undefined)
  return { entry: change?.entry ?? pair.entry, progress }
}
