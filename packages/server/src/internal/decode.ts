/** A file that is no text in UTF-8 or GBK. */
export class UnreadableFile extends Error {}

// NUL and its like stand in no text file; an Excel workbook is full of them
const control = /[\0-\x08\x0e-\x1f]/
const encodings = ['utf-8', 'gb18030'] as const

/**
 * The text of a file, by the first encoding that fits; a BOM goes.
 *
 * @throws UnreadableFile
 */
export function decode(bytes: Uint8Array): string {
  for (const encoding of encodings) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      if (control.test(text)) break
      return text
    } catch {
      // not this one
    }
  }
  throw new UnreadableFile()
}
