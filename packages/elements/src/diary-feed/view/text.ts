import { fold } from '../model/filters.ts'

/** A stretch of a diary's text: plain, a tag to press (its word), and whether a searched word was hit. */
export interface Piece {
  text: string
  tag?: string
  hit?: boolean
}

/** Same words as core's `extractTags`; here the places in the text matter. */
const tagPattern = /#([\p{L}\p{N}_·]{1,20})(?![\p{L}\p{N}_·])#?/gu

/**
 * Marks searched words. Folding can change the length of a text (`㎡` becomes `m2`), so it is done per character and
 * every folded unit remembers where it came from.
 */
function markHits(text: string, words: readonly string[], tag?: string): Piece[] {
  const plain = [{ text, ...(tag ? { tag } : {}) }]
  if (!words.length) return plain
  const from: number[] = []
  let folded = ''
  let at = 0
  for (const character of text) {
    const unit = fold(character)
    folded += unit
    for (let i = 0; i < unit.length; i++) from.push(at)
    at += character.length
  }
  from.push(at)
  const hit = new Uint8Array(text.length)
  for (const word of words) {
    for (let i = folded.indexOf(word); i >= 0; i = folded.indexOf(word, i + 1)) {
      hit.fill(1, from[i], Math.max(from[i + word.length]!, from[i]! + 1))
    }
  }
  const pieces: Piece[] = []
  for (let start = 0; start < text.length;) {
    let end = start + 1
    while (end < text.length && hit[end] === hit[start]) end++
    pieces.push({
      text: text.slice(start, end),
      ...(tag ? { tag } : {}),
      ...(hit[start] ? { hit: true } : {}),
    })
    start = end
  }
  return pieces
}

/** Splits a text into tags, hits of the (folded) words, and the rest. Joined together the pieces are the text again. */
export function piecesOf(text: string, words: readonly string[] = []): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const match of text.matchAll(tagPattern)) {
    if (match.index > end) pieces.push(...markHits(text.slice(end, match.index), words))
    pieces.push(...markHits(match[0], words, match[1]!))
    end = match.index + match[0].length
  }
  if (end < text.length) pieces.push(...markHits(text.slice(end), words))
  return pieces
}
