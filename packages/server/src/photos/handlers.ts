import { readFile } from 'node:fs/promises'
import type { Operations } from '@minqing/core'
import type { Deps } from '../internal/deps.ts'
import { hijacked, type Call, type HandlersOf } from '../internal/handler.ts'
import { ProblemError } from '../internal/problem-error.ts'
import { issuePhoto, ownPhoto, visiblePhoto, type FoundPhoto } from './queries.ts'
import type { Photos } from './service.ts'
import type { PhotoReach } from './tickets.ts'

/** What the caller may see. */
function reachOf({ session, request }: Call): PhotoReach {
  const { areas, units, own } = request.caller!.accessFor('issue.read')
  return {
    diaries: { scope: request.caller!.accessFor('diary.read').areas, actor: session.id },
    // whoever lost the role under which they reported an issue reads it no more
    issues: { scope: areas, units, actor: own ? session.id : '' },
  }
}

/** A photo of a diary or of an issue, each looked for with what the caller may see of those. */
const find = async (
  photos: Photos,
  id: string,
  { diaries, issues }: PhotoReach,
): Promise<FoundPhoto | undefined> =>
  (await photos.transact(diaries, (tx) => visiblePhoto(tx, id, diaries.scope))) ??
  (await photos.transact(issues, (tx) => issuePhoto(tx, id, issues)))

/** The photo operations; bytes come in by `registerUploads`. */
export function photoHandlers({
  photos,
  now,
}: Pick<Deps, 'now'> & { photos: Photos }): HandlersOf<Operations['photos']> {
  return {
    async get(call, { id }) {
      const photo = await find(photos, id, reachOf(call))
      if (!photo) throw new ProblemError('not_found')
      return { id: photo.id, width: photo.width, height: photo.height }
    },

    async own(call, { id }) {
      const photo = await call.transact((tx) => ownPhoto(tx, id, call.scope))
      if (!photo) throw new ProblemError('not_found')
      return { id: photo.id, width: photo.width, height: photo.height }
    },

    async ticket(call) {
      const { ticket, expiresAt } = photos.tickets.issue(reachOf(call), now())
      call.reply.header('cache-control', 'private, no-store')
      return { ticket, expiresAt: expiresAt.toISOString() }
    },

    async file(call, { id, size, ticket }) {
      const opened = photos.tickets.read(ticket, now())
      if (!opened) throw new ProblemError('ticket_invalid')
      const photo = await find(photos, id, opened)
      if (!photo) throw new ProblemError('not_found')
      const etag = `"${id}-${size}"`
      const known = call.request.headers['if-none-match'] === etag
      const body = known ? null : await bytesOf(photos.files.path(photo.county, id, size))
      const seconds = Math.floor((opened.expiresAt.getTime() - now().getTime()) / 1000)
      call.reply.headers({
        'cache-control': `private, max-age=${seconds}, immutable`,
        etag,
        'x-content-type-options': 'nosniff',
        'content-disposition': 'inline',
        'content-security-policy': "default-src 'none'; sandbox",
        // portal pages of other origins show it in an <img>
        'cross-origin-resource-policy': 'cross-origin',
      })
      if (body) call.reply.type('image/webp').send(body)
      else call.reply.code(304).send()
      return hijacked
    },
  }
}

/** A photo is small by now, so it is sent in one piece. */
const bytesOf = (path: string): Promise<Buffer> =>
  readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new ProblemError('not_found') : error
  })
