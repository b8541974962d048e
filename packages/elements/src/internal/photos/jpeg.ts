/** What the head of a JPEG says, and the file without its metadata. */
export interface JpegHead {
  /** Pixels as stored, before turning it upright. */
  width: number
  height: number
  /** EXIF orientation, 1 to 8. */
  orientation: number
  /** The file without EXIF (place, time, camera) and other application data. */
  bare: Blob
}

const exif = 0xe1
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
/** JFIF, ICC color profile and Adobe's color transform are needed to show the right colors. */
const isKept = (marker: number) => marker < 0xe0 || marker > 0xef || [0xe0, 0xe2, 0xee].includes(marker)

/**
 * Reads a JPEG's segments. Browsers differ in whether `createImageBitmap` turns a photo by its EXIF; without EXIF none
 * does, and we turn it ourselves. `undefined` when it is not a JPEG.
 */
export async function readJpeg(file: Blob): Promise<JpegHead | undefined> {
  const bytes = new DataView(await file.slice(0, 512 * 1024).arrayBuffer())
  if (bytes.byteLength < 4 || bytes.getUint16(0) !== 0xffd8) return undefined
  const kept: Blob[] = [file.slice(0, 2)]
  const head = { width: 0, height: 0, orientation: 1 }
  let at = 2
  while (at + 4 <= bytes.byteLength && bytes.getUint8(at) === 0xff) {
    const marker = bytes.getUint8(at + 1)
    const end = at + 2 + bytes.getUint16(at + 2)
    // Start of scan: the rest is the image itself.
    if (marker === 0xda) break
    if (marker === exif) head.orientation = orientationOf(bytes, at + 4, end) ?? head.orientation
    if (isFrame(marker) && at + 9 <= bytes.byteLength) {
      head.height = bytes.getUint16(at + 5)
      head.width = bytes.getUint16(at + 7)
    }
    if (isKept(marker)) kept.push(file.slice(at, end))
    at = end
  }
  return { ...head, bare: new Blob([...kept, file.slice(at)], { type: 'image/jpeg' }) }
}

/** Tag 0x0112 of the first directory of a TIFF block. */
function orientationOf(bytes: DataView, start: number, end: number): number | undefined {
  if (end > bytes.byteLength || end - start < 14 || bytes.getUint32(start) !== 0x45786966) return undefined
  const tiff = start + 6
  const little = bytes.getUint16(tiff) === 0x4949
  const directory = tiff + bytes.getUint32(tiff + 4, little)
  if (directory + 2 > end) return undefined
  const count = bytes.getUint16(directory, little)
  for (let n = 0; n < count; n++) {
    const entry = directory + 2 + n * 12
    if (entry + 12 > end) return undefined
    if (bytes.getUint16(entry, little) !== 0x0112) continue
    const value = bytes.getUint16(entry + 8, little)
    return value >= 1 && value <= 8 ? value : undefined
  }
  return undefined
}
