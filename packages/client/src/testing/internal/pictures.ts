/** What a file is by its first bytes, and how many pixels it has; `undefined` for what is no picture. */
export interface Picture {
  readonly type: string
  readonly width: number
  readonly height: number
}

/** For kinds whose header is not read: the size of a photo. */
const usual = { width: 1280, height: 960 }

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to))

/** Markers that begin a frame: all SOF but those that are none (DHT, JPG, DAC). */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function jpegSize(bytes: Uint8Array): { width: number; height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + view.getUint16(at + 2)) {
    if (isFrame(bytes[at + 1]!)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
  }
  return usual
}

/** Looks at the header only: the kit decodes nothing. */
export function pictureOf(bytes: Uint8Array): Picture | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff)
    return { type: 'image/jpeg', ...jpegSize(bytes) }
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n' && bytes.length >= 24) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
  }
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return { type: 'image/webp', ...usual }
  if (ascii(bytes, 4, 8) === 'ftyp') return { type: 'image/avif', ...usual }
  return undefined
}
