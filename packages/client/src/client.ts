import { anonymousOperations, pagedOperations, routes, type Route } from '@minqing/core/wire'
import { createCaller, type Caller } from './internal/caller.ts'
import { createTokens } from './internal/tokens.ts'
import { createLive } from './live.ts'
import type { CallOptions } from './methods.ts'
import { createNotes } from './notes/notes.ts'
import { createOutbox } from './outbox/outbox.ts'
import { pagesOf, type PageOf } from './pages.ts'
import { createPhotos } from './photos.ts'
import type { Client, ClientOptions } from './types.ts'

type Input = Readonly<Record<string, unknown>> | undefined

/** One operation as a method: the table's row decides whether it gives a page reader or a promise. */
function methodFor(caller: Caller, feature: string, name: string, route: Route) {
  const anonymous = anonymousOperations.includes(`${feature}.${name}`)
  if (pagedOperations.includes(`${feature}.${name}`)) {
    return (input: Input) =>
      pagesOf((cursor, options?: CallOptions) => {
        const at = cursor === undefined ? input : { ...input, cursor }
        return caller.call(route, at, options) as Promise<PageOf<unknown>>
      })
  }
  return (input: Input, options?: CallOptions) => caller.call(route, input, { ...options, anonymous })
}

const methodsOf = (caller: Caller, feature: string, table: Readonly<Record<string, Route>>) =>
  Object.fromEntries(
    Object.entries(table).map(([name, route]) => [name, methodFor(caller, feature, name, route)]),
  )

function absolute(url: string): string {
  const base = typeof document === 'undefined' ? undefined : document.baseURI
  return new URL(url, base).href.replace(/\/+$/, '')
}

/**
 * Makes a client for one server and one person.
 *
 * ```ts
 * const mq = createClient({ baseUrl: 'https://minqing.example.gov.cn', getToken: () => fetchToken() })
 * for await (const diary of mq.diaries.list({ area: '330683' })) console.log(diary.text)
 * ```
 *
 * Every method rejects with a `MinqingError`: branch on its `code`.
 *
 * @throws TypeError when `baseUrl` is no URL
 */
export function createClient(options: ClientOptions): Client {
  const end = new AbortController()
  const caller = createCaller({
    baseUrl: absolute(options.baseUrl),
    // Bound to nothing: browsers refuse fetch() called as a method of another object.
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    customFetch: options.fetch !== undefined,
    streams: options.fetch?.streams !== false,
    locale: options.locale ?? 'zh-CN',
    tokens: createTokens(options.getToken),
    closed: end.signal,
    onProblem: options.onProblem,
    atRest: options.atRest,
  })
  const features = Object.fromEntries(
    Object.entries(routes).map(([feature, table]) => [feature, methodsOf(caller, feature, table)]),
  )
  const photos = createPhotos(caller, features['photos']!)
  const live = createLive(caller)
  const outbox = createOutbox(caller, options.outbox)
  const notes = createNotes(caller, options.outbox)
  const own = {
    baseUrl: caller.baseUrl,
    photos,
    live,
    outbox: outbox.facade,
    notes: notes.facade,
    atRest: options.atRest,
  }
  const close = async () => {
    end.abort()
    await Promise.all([outbox.close(), notes.close()])
  }
  return { ...features, ...own, close } as unknown as Client
}
