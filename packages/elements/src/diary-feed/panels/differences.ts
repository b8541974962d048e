/** A stretch of text that both versions have, or only the later (`added`) or the earlier one (`taken`). */
export interface Difference {
  text: string
  change?: 'added' | 'taken'
}

/**
 * What changed between two texts, as one replaced stretch: what they share at both ends stays. Edits of a diary are
 * mostly one place, and a reader sees it at once; a minimal script of many small pieces would be harder to read.
 */
export function differences(before: string, after: string): Difference[] {
  const old = [...before]
  const young = [...after]
  const most = Math.min(old.length, young.length)
  let head = 0
  while (head < most && old[head] === young[head]) head++
  let tail = 0
  while (tail < most - head && old[old.length - 1 - tail] === young[young.length - 1 - tail]) tail++
  const pieces: Difference[] = [
    { text: young.slice(0, head).join('') },
    { text: old.slice(head, old.length - tail).join(''), change: 'taken' },
    { text: young.slice(head, young.length - tail).join(''), change: 'added' },
    { text: young.slice(young.length - tail).join('') },
  ]
  return pieces.filter(({ text }) => text)
}
