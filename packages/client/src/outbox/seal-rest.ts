import { abortable } from '../internal/abort.ts'
import type { Author } from './author.ts'
import type { TakeTurn } from './turn.ts'
import type { SealingStore } from './sealing-store.ts'

/**
 * Seals what was written before things were sealed on this device, once it is known who is signed in, and while nobody
 * sends. Without a key it is left as it is; call again when it may be there.
 */
export function createRestSealer(
  store: SealingStore,
  author: Author,
  takeTurn: (who: string) => TakeTurn,
  closed: AbortSignal,
): () => void {
  let isDone = false
  let running = false
  const seal = async () => {
    const who = await abortable(author.confirm(), closed)
    if (await store.hasRest(who)) await takeTurn(who)(() => store.sealRest(who))
    isDone = true
  }
  return () => {
    if (isDone || running || !store.seals) return
    running = true
    void seal()
      .catch(() => undefined)
      .then(() => (running = false))
  }
}
