/** Kinds of image that are looked at any further. */
export type ImageKind = 'jpeg' | 'png' | 'webp' | 'heif'

const ascii = (head: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...head.subarray(from, to))

const heifBrands = new Set(['heic', 'heix', 'heim', 'heis', 'mif1', 'avif'])

/**
 * What a file is by its first 16 bytes, whatever its name or declared type; `undefined` for all else, so that decoders
 * of other formats (SVG, PDF, TIFF, …) never see a stranger's bytes.
 */
export function sniff(head: Uint8Array): ImageKind | undefined {
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'jpeg'
  if (ascii(head, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png'
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP') return 'webp'
  if (ascii(head, 4, 8) === 'ftyp' && heifBrands.has(ascii(head, 8, 12))) return 'heif'
  return undefined
}
