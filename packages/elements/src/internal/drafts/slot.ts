/** A place for one draft, held by one composer at a time, over all tabs. */
export interface Slot {
  key: string
  release(): void
}

const slots = 5
/** A page that is being left lets go of its locks a moment after the next one starts. */
const patienceMs = 600

/**
 * Takes the first free slot, so that two tabs (or two composers of a page) never write over each other's draft. The
 * first is waited for shortly: after a reload it is about to come free, and holds what was typed.
 */
export async function takeSlot(key: string): Promise<Slot> {
  if (!(await hasLocks())) return { key, release() {} }
  for (let n = 1; n <= slots; n++) {
    const name = n === 1 ? key : `${key}#${n}`
    const release = await hold(`mq-draft:${name}`, n === 1 ? patienceMs : 0)
    if (release) return { key: name, release }
  }
  return { key: `${key}#${slots}`, release() {} }
}

/** A browser without locks, or one that refuses them: with storage blocked, in a sandboxed frame. */
const hasLocks = async (): Promise<boolean> => {
  try {
    await navigator.locks.query()
    return true
  } catch {
    return false
  }
}

function hold(name: string, patience: number): Promise<(() => void) | undefined> {
  return new Promise((resolve) => {
    const giveUp = new AbortController()
    const timer = patience ? setTimeout(() => giveUp.abort(), patience) : undefined
    const granted = (lock: Lock | null) => {
      clearTimeout(timer)
      if (!lock) return resolve(undefined)
      return new Promise<void>((release) => resolve(release))
    }
    const options = patience ? { signal: giveUp.signal } : { ifAvailable: true }
    navigator.locks.request(name, options, granted).catch(() => resolve(undefined))
  })
}
