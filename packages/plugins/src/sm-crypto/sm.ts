import { sm3 as sm3Hex, sm4 } from 'sm-crypto-v2'

/** Bytes of a key of SM4. */
export const keyBytes = 16
export const ivBytes = 12
export const tagBytes = 16

/** SM3 (GB/T 32905): 32 bytes. */
export const sm3 = (bytes: Uint8Array): Uint8Array => fromHex(sm3Hex(bytes))

const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, n) => parseInt(hex.slice(2 * n, 2 * n + 2), 16))

/** SM4-GCM (RFC 8998): what is sealed, and behind it the tag of 16 bytes. */
export function encrypt(bytes: Uint8Array, key: Uint8Array, iv: Uint8Array, bound: Uint8Array): Uint8Array {
  const how = { mode: 'gcm', output: 'array', outputTag: true, iv, associatedData: bound } as const
  const { output, tag } = sm4.encrypt(bytes, key, how)
  const sealed = new Uint8Array(output.length + tagBytes)
  sealed.set(output)
  sealed.set(tag!, output.length)
  return sealed
}

/** The bytes, or `undefined` when anything of it was changed. Nothing is deciphered before the tag is found right. */
export function decrypt(
  sealed: Uint8Array,
  key: Uint8Array,
  iv: Uint8Array,
  bound: Uint8Array,
): Uint8Array | undefined {
  const end = sealed.length - tagBytes
  const how = { mode: 'gcm', output: 'array', iv, associatedData: bound, tag: sealed.subarray(end) } as const
  try {
    return sm4.decrypt(sealed.subarray(0, end), key, how)
  } catch {
    return undefined
  }
}
