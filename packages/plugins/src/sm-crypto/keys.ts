import { keyBytes, sm3 } from './sm.ts'

export interface SmKeys {
  /**
   * The key of the person who is signed in: 16 bytes, from the portal's back end or the host. Asked for when it is first
   * needed and again after a failure; kept in memory alone.
   */
  key: () => Uint8Array | Promise<Uint8Array>
  /** Keys of before, to read what was sealed with them. Asked for when something of another key is found. */
  olderKeys?: () => readonly Uint8Array[] | Promise<readonly Uint8Array[]>
}

export interface Key {
  readonly id: Uint8Array
  readonly bytes: Uint8Array
}

/** Bytes of a key's id. */
export const idBytes = 8

/**
 * Tells keys apart: the first 8 bytes of the SM3 digest of a word of ours and the key. Of a random key it tells nothing
 * else, and two keys cannot have one by mistake.
 */
export function keyId(key: Uint8Array): Uint8Array {
  const word = new TextEncoder().encode('minqing at rest')
  const both = new Uint8Array(word.length + key.length)
  both.set(word)
  both.set(key, word.length)
  return sm3(both).slice(0, idBytes)
}

/** A host that never answers must not hang whatever waits for it. */
const patienceMs = 10_000
/** A burst of needs asks a host that refuses once. */
const pauseMs = 1_000

function checked(bytes: Uint8Array): Key {
  if (!ArrayBuffer.isView(bytes) || bytes.byteLength !== keyBytes)
    throw new Error('a key of SM4 has 16 bytes')
  const own = new Uint8Array(bytes)
  return { id: keyId(own), bytes: own }
}

async function inTime<T>(answer: () => T | Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${patienceMs / 1000} s`)), patienceMs)
  })
  try {
    return await Promise.race([answer(), late])
  } finally {
    clearTimeout(timer)
  }
}

const isSame = (a: Uint8Array, b: Uint8Array) => a.every((byte, n) => byte === b[n])

const stopped = () => new Error('the plugin was stopped')

/** Asks once and remembers; what failed is asked again a little later, or at once when the network is back. */
function asking<T>(ask: () => Promise<T>, signal: AbortSignal): () => Promise<T> {
  let asked: Promise<T> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const online = typeof addEventListener === 'function' ? globalThis : undefined
  const forget = () => {
    clearTimeout(timer)
    online?.removeEventListener('online', forget)
    asked = undefined
  }
  signal.addEventListener('abort', forget)
  return () => {
    if (signal.aborted) return Promise.reject(stopped())
    if (!asked) {
      asked = ask()
      asked.catch(() => {
        timer = setTimeout(forget, pauseMs)
        online?.addEventListener('online', forget)
      })
    }
    return asked
  }
}

/** The keys that the page has, in memory until `signal` aborts. */
export function createKeyring(
  { key, olderKeys }: SmKeys,
  warn: (sentence: string, cause?: unknown) => void,
  signal: AbortSignal,
) {
  const told = new Set<string>()
  const tell = (sentence: string, cause?: unknown) => {
    if (told.has(sentence)) return
    told.add(sentence)
    warn(sentence, cause)
  }
  const held: Key[] = []
  const hold = (one: Key): Key => {
    held.push(one)
    return one
  }
  signal.addEventListener('abort', () => {
    for (const { bytes } of held.splice(0)) bytes.fill(0)
  })
  const current = asking(async () => {
    try {
      const found = hold(checked(await inTime(key)))
      told.clear()
      return found
    } catch (error) {
      tell('there is no key; until there is, nothing is kept or opened on this device.', error)
      throw error
    }
  }, signal)
  const older = asking(async () => {
    try {
      return (await inTime(() => olderKeys?.() ?? [])).map(checked).map(hold)
    } catch (error) {
      tell('the older keys could not be had; what was sealed with them stays as it is.', error)
      throw error
    }
  }, signal)

  return {
    current,
    tell,
    /** Keys that were given out hold nothing any more when this throws. */
    assertHeld() {
      if (signal.aborted) throw stopped()
    },
    /** @throws when the key is not at hand */
    async find(id: Uint8Array): Promise<Key> {
      const now = await current()
      if (isSame(now.id, id)) return now
      const found = (await older()).find((one) => isSame(one.id, id))
      if (found) return found
      tell('something on this device is sealed with a key that is not among those given; it stays as it is.')
      throw new Error('sealed with another key')
    },
  }
}
