import type { OutboxStore, StoredPair } from '../store-contract.ts'

/** A place for entries as a host without IndexedDB would bring it. Two clients with the same one are two tabs. */
export function memoryStore(): OutboxStore {
  const pairs = new Map<number, StoredPair>()
  const facts = new Map<string, unknown>()
  let last = 0
  const copy = (pair: StoredPair | undefined) => pair && { ...pair }
  return {
    add: async (entry) => {
      pairs.set(++last, { entry: { ...entry, key: last } })
      return last
    },
    list: async (author) =>
      [...pairs.values()].filter(({ entry }) => entry.author === author).map((one) => ({ ...one })),
    get: async (key) => copy(pairs.get(key)),
    change: async (key, decide) => {
      const pair = copy(pairs.get(key))
      const change = pair && decide(pair)
      if (change === 'remove') return void pairs.delete(key)
      if (change?.entry) pair!.entry = change.entry
      if (change?.progress !== undefined) pair!.progress = change.progress ?? undefined
      if (pair) pairs.set(key, pair)
      return copy(pair)
    },
    getFact: async (name) => facts.get(name),
    changeFact: async (name, decide) => {
      const value = decide(facts.get(name))
      if (value !== undefined) facts.set(name, value)
    },
    close: () => undefined,
  }
}
