/**
 * [S1] How texts and search words are made comparable: compatibility forms become one (`ＡＢＣ` = `abc`, `①` = `1`),
 * case goes, and the Greek final sigma, the one letter whose lower case depends on its neighbors, is evened out.
 */
export const fold = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ').normalize('NFKC')

/** The words of a search, folded; a text fits when it holds every one of them. */
export const wordsOf = (query: string): string[] => fold(query).split(/\s+/u).filter(Boolean)
