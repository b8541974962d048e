/** What other features need of the dispatch catalogue. */
export { categoryRef, unitRef } from '../catalogue/lookup.ts'
export { createSuggester, type Suggester } from '../catalogue/suggest/suggester.ts'
