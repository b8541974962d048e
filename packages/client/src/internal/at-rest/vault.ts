import { clientError } from '../../errors.ts'
import { toJson } from '../json.ts'
import type { AtRest } from './types.ts'

/**
 * Seals and opens data and photos of one store. What it gives belongs to the place that is named with it (whose record,
 * its id, which part of it). All methods reject with `entry_locked` while the key is not at hand, and those that open
 * with `entry_damaged` when the bytes are not those that were sealed for the place.
 */
export interface Vault {
  /** Whether what is written has to be sealed; without a key given, sealed things can only be told apart. */
  readonly seals: boolean
  sealData(data: object, ...place: string[]): Promise<Uint8Array>
  openData<T extends object>(sealed: Uint8Array, ...place: string[]): Promise<T>
  /** Its type stays readable. */
  sealBlob(blob: Blob, ...place: string[]): Promise<Blob>
  openBlob(sealed: Blob, ...place: string[]): Promise<Blob>
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.arrayBuffer())
  } catch (cause) {
    throw clientError('photo_unreadable', cause)
  }
}

const blobOf = (bytes: Uint8Array, { type }: Blob): Blob =>
  new Blob([bytes as Uint8Array<ArrayBuffer>], { type })

/** @param store names the store: a record of one is none of another */
export function createVault(atRest: AtRest | undefined, store: string): Vault {
  const at = (place: readonly string[]) => toJson([store, ...place])
  const locked = (cause?: unknown) => clientError('entry_locked', cause)

  const seal = async (bytes: Uint8Array, place: readonly string[]): Promise<Uint8Array> => {
    if (!atRest) throw locked()
    return atRest.seal(bytes, at(place)).catch((cause: unknown) => {
      throw locked(cause)
    })
  }
  const open = async (sealed: Uint8Array, place: readonly string[]): Promise<Uint8Array> => {
    if (!atRest) throw locked()
    const bytes = await atRest.open(sealed, at(place)).catch((cause: unknown) => {
      throw locked(cause)
    })
    if (!bytes) throw clientError('entry_damaged')
    return bytes
  }

  return {
    seals: atRest !== undefined,
    sealData: (data, ...place) => seal(new TextEncoder().encode(toJson(data)), place),
    openData: async <T>(sealed: Uint8Array, ...place: string[]) =>
      JSON.parse(new TextDecoder().decode(await open(sealed, place))) as T,
    sealBlob: async (blob, ...place) => blobOf(await seal(await bytesOf(blob), place), blob),
    openBlob: async (sealed, ...place) => blobOf(await open(await bytesOf(sealed), place), sealed),
  }
}
