import type { Vault } from '@minqing/client/at-rest'
import type { Me } from '@minqing/core/wire'

/** Somebody who used a server on this device; sealed, only their id can be read. */
export type StoredPerson = Me | { id: string; sealed: Uint8Array }

export const sealPerson = async (vault: Vault, server: string, me: Me): Promise<StoredPerson> =>
  vault.seals ? { id: me.id, sealed: await vault.sealData(me, 'people', server, me.id) } : me

/** @throws MinqingError `entry_locked`, `entry_damaged` */
export async function openPerson(
  vault: Vault,
  server: string,
  stored?: StoredPerson,
): Promise<Me | undefined> {
  if (!stored || !('sealed' in stored)) return stored
  return vault.openData<Me>(stored.sealed, 'people', server, stored.id)
}
