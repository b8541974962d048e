import { isMinqingError, type Client } from '@minqing/client'
import type { Me } from '@minqing/core/wire'
import type { DraftStore, WithPhotos } from './draft-store.ts'

/** Who writes on this device. */
export interface Who {
  me: Me
  /** Whether they could not be asked for, and are assumed to be the one of last time. */
  isGuess: boolean
}

/** What cannot be opened is told as such; a store that does not answer knows nobody. */
function sealedOnly(error: unknown): undefined {
  if (isMinqingError(error, 'entry_locked') || isMinqingError(error, 'entry_damaged')) throw error
}

/** The caller, or without network the one who wrote last on this device: then it is a guess. */
export async function whoWrites(mq: Client, store: DraftStore<WithPhotos> | undefined): Promise<Who> {
  try {
    const me = await mq.me.get()
    await store?.remember(mq.baseUrl, me).catch(() => undefined)
    return { me, isGuess: false }
  } catch (error) {
    const isAway = (['offline', 'timeout', 'unavailable', 'bad_response'] as const).some((code) =>
      isMinqingError(error, code),
    )
    const me = isAway ? await store?.remembered(mq.baseUrl).catch(sealedOnly) : undefined
    if (!me) throw error
    return { me, isGuess: true }
  }
}
