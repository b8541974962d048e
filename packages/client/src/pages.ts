import type { CallOptions } from './methods.ts'

/** One page as the server gives it. */
export interface PageOf<T> {
  items: T[]
  /** Goes on in the direction asked for; `null` at the end. */
  next: string | null
  /** Goes back from the first item; `null` on an empty page. */
  previous: string | null
}

/**
 * A list that may be long: `for await (const diary of pages)` reads page after page while the loop runs, and
 * `pages.page(cursor)` reads a single one. Nothing is requested before either.
 */
export interface Pages<T> extends AsyncIterable<T> {
  /** One page: at `cursor`, or at the cursor of the input, or the first. */
  page(cursor?: string, options?: CallOptions): Promise<PageOf<T>>
}

/** @param read asks for the page at a cursor; `undefined` leaves the cursor of the input as it is */
export function pagesOf<T>(
  read: (cursor: string | undefined, options?: CallOptions) => Promise<PageOf<T>>,
): Pages<T> {
  return {
    page: read,
    async *[Symbol.asyncIterator]() {
      let cursor: string | undefined
      do {
        const page = await read(cursor)
        yield* page.items
        cursor = page.next ?? undefined
      } while (cursor !== undefined)
    },
  }
}
