import { fold, wordsOf } from '@minqing/core'

export { fold, wordsOf }

const run = /\S+/gu

/**
 * [S2] The lexemes under which a folded text is found: every pair of neighboring characters, punctuation too, and the
 * last character of each run between blanks alone, so that a single one is found as a prefix of one of them.
 */
export function gramsOf(folded: string): Set<string> {
  const grams = new Set<string>()
  for (const [part] of folded.matchAll(run)) {
    const letters = [...part]
    for (let at = 0; at < letters.length; at++) grams.add(letters[at]! + (letters[at + 1] ?? ''))
  }
  return grams
}

/** A tag's lexeme. A gram may look like it; whether the diary has the tag is decided afterwards. */
const tagLexeme = (tag: string): string => `#${fold(tag)}`

const special = /['\\]/
// '' and \\ are how a quoted lexeme writes ' and \
const quote = (lexeme: string): string =>
  special.test(lexeme) ? `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'` : `'${lexeme}'`

/** The text form of a `tsvector`. */
export function searchVector(folded: string, tags: readonly string[]): string {
  let vector = ''
  for (const gram of gramsOf(folded)) vector += `${quote(gram)} `
  for (const tag of new Set(tags.map(tagLexeme))) vector += `${quote(tag)} `
  return vector
}

/** A LIKE pattern that finds the folded word anywhere, its own `%`, `_` and `\` taken literally. */
export const likePattern = (word: string): string => `%${word.replace(/[\\%_]/g, '\\$&')}%`

/** Terms of a `tsquery` that every fitting diary meets (others may, too: LIKE decides). */
export function searchTerms(words: readonly string[], tag?: string): string[] {
  const terms = words.flatMap((word) => termsOf(word))
  if (tag !== undefined) terms.push(quote(tagLexeme(tag)))
  return [...new Set(terms)]
}

function termsOf(word: string): string[] {
  return [...word.matchAll(run)].flatMap(([part]) => {
    const letters = [...part]
    if (letters.length === 1) return [`${quote(letters[0]!)}:*`]
    return letters.slice(1).map((letter, at) => quote(letters[at]! + letter))
  })
}
