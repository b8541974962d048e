import type { HostServices } from '@minqing/elements/plugins'
import { createKeyring, idBytes, type SmKeys } from './keys.ts'
import { decrypt, encrypt, ivBytes, tagBytes } from './sm.ts'

/**
 * What is sealed: a byte for this shape, the id of the key, and slices. Each slice is sealed by itself, with an IV of its
 * own before it and its tag behind it, and bound to the head, its number, whether it is the last, and the place.
 */
const shape = 1
const headBytes = 1 + idBytes
/** So much is done at a stretch: longer, and a slow phone would stutter. */
export const sliceBytes = 32 * 1024
const extraBytes = ivBytes + tagBytes

/** Lets the page draw and listen. A timer would be held up for a second in a tab that nobody looks at. */
const breath = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(0)
  })

/** What a slice is bound to. */
function boundOf(head: Uint8Array, n: number, isLast: boolean, place: Uint8Array): Uint8Array {
  const bound = new Uint8Array(headBytes + 5 + place.length)
  bound.set(head)
  new DataView(bound.buffer).setUint32(headBytes, n)
  bound[headBytes + 4] = isLast ? 1 : 0
  bound.set(place, headBytes + 5)
  return bound
}

/**
 * Seals with SM4-GCM: for `createClient({ atRest })` on a page without the widgets; with them, use the plugin.
 *
 * @param warn told in one sentence what the integrator should know; by default in the console
 * @param signal the keys are forgotten when it aborts
 */
export function sealWithSm4(
  keys: SmKeys,
  warn: (sentence: string, cause?: unknown) => void = (sentence, cause) =>
    console.warn(`minqing sm-crypto: ${sentence}`, ...(cause === undefined ? [] : [cause])),
  signal: AbortSignal = new AbortController().signal,
): HostServices['atRest'] {
  const ring = createKeyring(keys, warn, signal)
  return {
    async seal(bytes, boundTo) {
      const key = await ring.current()
      const place = new TextEncoder().encode(boundTo)
      const count = Math.max(1, Math.ceil(bytes.length / sliceBytes))
      const sealed = new Uint8Array(headBytes + bytes.length + count * extraBytes)
      const head = sealed.subarray(0, headBytes)
      head[0] = shape
      head.set(key.id, 1)
      for (let n = 0, at = headBytes; n < count; n++) {
        if (n > 0) await breath()
        ring.assertHeld()
        const iv = crypto.getRandomValues(new Uint8Array(ivBytes))
        const slice = bytes.subarray(n * sliceBytes, (n + 1) * sliceBytes)
        const done = encrypt(slice, key.bytes, iv, boundOf(head, n, n === count - 1, place))
        sealed.set(iv, at)
        sealed.set(done, at + ivBytes)
        at += ivBytes + done.length
      }
      return sealed
    },

    async open(sealed, boundTo) {
      const head = sealed.subarray(0, headBytes)
      const count = Math.ceil((sealed.length - headBytes) / (sliceBytes + extraBytes))
      const length = sealed.length - headBytes - count * extraBytes
      if (head[0] !== shape || count < 1 || length < (count - 1) * sliceBytes) return undefined
      const key = await ring.find(head.slice(1))
      const place = new TextEncoder().encode(boundTo)
      const bytes = new Uint8Array(length)
      for (let n = 0, at = headBytes; n < count; n++) {
        if (n > 0) await breath()
        ring.assertHeld()
        const end = Math.min(at + extraBytes + sliceBytes, sealed.length)
        const iv = sealed.subarray(at, at + ivBytes)
        const bound = boundOf(head, n, n === count - 1, place)
        const slice = decrypt(sealed.subarray(at + ivBytes, end), key.bytes, iv, bound)
        if (!slice) {
          ring.tell('something on this device was changed since it was sealed; it cannot be opened any more.')
          return undefined
        }
        bytes.set(slice, n * sliceBytes)
        at = end
      }
      return bytes
    },
  }
}
