/** GBK, which Node can read but not write: two bytes for each character, looked up by reading all of them. */
export function toGbk(text: string): Buffer {
  const decoder = new TextDecoder('gbk')
  const codes = new Map<string, readonly [number, number]>()
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const letter = decoder.decode(Uint8Array.of(lead, trail))
      if (letter.length === 1 && letter !== '�' && !codes.has(letter)) codes.set(letter, [lead, trail])
    }
  }
  return Buffer.from(
    [...text].flatMap((letter) => (letter < '\x80' ? [letter.charCodeAt(0)] : [...codes.get(letter)!])),
  )
}

/** The body of an import. */
export const importOf = (id: string, file: string | Buffer, more: object = {}) => ({
  id,
  county: '330683',
  file: Buffer.from(file).toString('base64'),
  ...more,
})
