/** Arguments that a function takes at once are bounded; bytes go in pieces. */
const piece = 0x8000

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += piece) {
    text += String.fromCharCode(...bytes.subarray(at, at + piece))
  }
  return btoa(text)
}

/** @throws DOMException for what is no base64 */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0))

const kinds: readonly [head: string, type: string, extension: string][] = [
  ['/9j/', 'image/jpeg', 'jpg'],
  ['iVBORw0KGgo', 'image/png', 'png'],
  ['R0lGOD', 'image/gif', 'gif'],
  ['UklGR', 'image/webp', 'webp'],
]

/** A photo from base64, with or without the head of a data URL. What it is, its first bytes say. */
export function photoFromBase64(text: string, number: number): File {
  const data = text.replace(/^data:[^,]*,/, '').replace(/\s+/g, '')
  const [, type, extension] = kinds.find(([head]) => data.startsWith(head)) ?? kinds[0]!
  return new File([fromBase64(data)], `photo-${number}.${extension}`, { type })
}
