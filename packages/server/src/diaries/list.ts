import { inScope, type DiaryQuery } from '@minqing/core'
import type { Pipeline } from '../database/pipeline.ts'
import type { AreaNames } from '../internal/area-names.ts'
import { RawJson, hijacked, type Call } from '../internal/handler.ts'
import { ProblemError } from '../internal/problem-error.ts'
import { fromCursor, toCursor, type Position } from '../internal/cursor.ts'
import type { CachedPage, FeedCache } from './feed-cache.ts'
import { isPlain, listDiaries, toListQuery, type ListQuery, type Listed } from './query.ts'

export interface ListDeps {
  pages: Pipeline
  areaNames: AreaNames
  cache: FeedCache
}

const beyondAll = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** One round trip: the function sets the caller's scope itself. */
async function readPlain(pages: Pipeline, scope: readonly string[], query: ListQuery): Promise<string> {
  const [row] = await pages.read<[string]>({
    name: 'diary-page',
    text: 'select mq_diary_page($1, $2, $3, $4, $5)',
    values: [
      scope.join(','),
      query.area,
      query.after?.at ?? 'infinity',
      query.after?.id ?? beyondAll,
      query.size,
    ],
  })
  return row![0]
}

const quoted = (position: Position | undefined): string => (position ? `"${toCursor(position)}"` : 'null')

function pageOf(found: readonly Listed[], size: number): string {
  const shown = found.slice(0, size)
  const next = found.length > size ? shown.at(-1) : undefined
  const items = shown.map(({ wire }) => wire).join(',')
  return `{"items":[${items}],"next":${quoted(next)},"previous":${quoted(shown[0])}}`
}

/** Sends the page with its validator, or 304 to a browser that has this very page already. */
function answer({ request, reply }: Call, page: CachedPage): typeof hijacked {
  void reply.headers({ etag: page.etag, 'cache-control': 'private, no-cache' })
  if (request.headers['if-none-match'] === page.etag) void reply.code(304).send()
  else void reply.type('application/json; charset=utf-8').send(page.json)
  return hijacked
}

export async function listHandler(deps: ListDeps, call: Call, input: DiaryQuery) {
  if (!inScope(call.scope, input.area)) throw new ProblemError('area_not_found')
  const after = input.cursor === undefined ? undefined : fromCursor(input.cursor)
  const query = toListQuery(input, call.session.id, after)
  await deps.areaNames.ref(input.area)
  if (!isPlain(query)) {
    return new RawJson(pageOf(await call.transact((tx) => listDiaries(tx, query)), query.size))
  }
  const read = () => readPlain(deps.pages, call.scope, query)
  if (after) return new RawJson(await read())
  return answer(call, await deps.cache.get(query.area, query.size, read))
}
