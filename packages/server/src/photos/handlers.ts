import { readFile } from 'node:fs/promises'
import type { Operations } from '@minqing/core'
import type { Deps } from '../internal/deps.ts'
import { hijacked, type HandlersOf } from '../internal/handler.ts'
import { ProblemError } from '../internal/problem-error.ts'
import { visiblePhoto } from './queries.ts'
import type { Photos } from './service.ts'

/** The photo operations; bytes come in by `registerUploads`. */
export function photoHandlers({
  photos,
  now,
}: Pick<Deps, 'now'> & { photos: Photos }): HandlersOf<Operations['photos']> {
  return {
    async get(call, { id }) {
      const photo = await call.transact((tx) => visiblePhoto(tx, id, call.scope))
      if (!photo) throw new ProblemError('not_found')
      return { id: photo.id, width: photo.width, height: photo.height }
    },

    async ticket(call) {
      const guard = { scope: call.scope, actor: call.session.id }
      const { ticket, expiresAt } = photos.tickets.issue(guard, now())
      call.reply.header('cache-control', 'private, no-store')
      return { ticket, expiresAt: expiresAt.toISOString() }
    },

    async file(call, { id, size, ticket }) {
      const opened = photos.tickets.read(ticket, now())
      if (!opened) throw new ProblemError('ticket_invalid')
      const photo = await photos.transact(opened, (tx) => visiblePhoto(tx, id, opened.scope))
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
