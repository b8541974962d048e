import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { inScope, photoLimits, uploadsPath } from '@minqing/core'
import { Server } from '@tus/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Session } from '../internal/handler.ts'
import { ProblemError } from '../internal/problem-error.ts'
import { turns } from './lanes.ts'
import { lingerAfter } from './linger.ts'
import { announced, isPhotoId, type Announced } from './announced.ts'
import { ownPhoto, photoOwner, unclaimedPhotos } from './queries.ts'
import type { Photos, StoredUpload } from './service.ts'
import { problemOfTus } from './tus-problems.ts'

export interface UploadDeps {
  readonly photos: Photos
  /** Runs before anything else: sets `request.caller`, or refuses who may not upload photos anywhere. */
  readonly admit: (request: FastifyRequest) => Promise<void>
}

/** Photos and uploads of one person that no diary has yet; far more than an honest phone sends ahead. */
const mostInHand = 100

interface Person {
  readonly session: Session
  readonly scope: readonly string[]
}

function personOf(request: FastifyRequest): Person {
  const caller = request.caller!
  return { session: caller.session, scope: caller.scopeFor('photo.upload') }
}

/** The tus protocol over the store of unfinished uploads; who may do what is decided before it is asked. */
class Transfers {
  readonly #photos: Photos
  readonly #server: Server
  readonly #creating = new WeakMap<Request, Announced & { owner: string }>()
  readonly #inTurn = turns()
  /** Transfers under way, by upload. */
  readonly #receiving = new Map<string, FastifyRequest>()

  constructor(photos: Photos) {
    this.#photos = photos
    this.#server = new Server({
      path: uploadsPath,
      datastore: photos.uploads,
      maxSize: photoLimits.bytes,
      namingFunction: (request) => this.#creating.get(request)!.photo,
      onUploadCreate: (request) => {
        const { photo, area, owner } = this.#creating.get(request)!
        return Promise.resolve({ metadata: { photo, area, owner } })
      },
      // relative to the address of the request, and so right behind any proxy
      generateUrl: (_request, { id }) => `uploads/${id}`,
    })
  }

  async create(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const wanted = announced(request)
    const { session, scope } = personOf(request)
    if (!inScope(scope, wanted.area)) throw new ProblemError('area_not_found')
    const guard = { scope, actor: session.id }
    const { known, owner, unclaimed } = await this.#photos.transact(guard, async (tx) => ({
      known: await tx.selectFrom('area').select('code').where('code', '=', wanted.area).executeTakeFirst(),
      owner: await photoOwner(tx, wanted.county, wanted.photo),
      unclaimed: await unclaimedPhotos(tx),
    }))
    if (!known) throw new ProblemError('area_not_found')
    const begun = await this.#photos.upload(wanted.photo)
    if ((owner ?? session.id) !== session.id || (begun?.owner ?? session.id) !== session.id) {
      throw new ProblemError('id_taken')
    }
    if (!begun && unclaimed + (await this.#photos.unfinishedOf(session.id)) >= mostInHand) {
      throw new ProblemError('rate_limited', { headers: { 'retry-after': '600' } })
    }
    return this.#transfer(wanted.photo, request, reply, (web) =>
      this.#creating.set(web, { ...wanted, owner: session.id }),
    )
  }

  async resume(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { id } = request.params as { id: string }
    if (!isPhotoId(id)) throw new ProblemError('not_found')
    const upload = await this.#own(id, request)
    if (request.method !== 'HEAD') {
      if (!upload) throw new ProblemError('not_found')
      return this.#transfer(id, request, reply)
    }
    if (!upload) return this.#tellDone(id, request, reply)
    // a crash, or an answer that got lost: what is complete is finished now
    if (upload.offset === upload.size) {
      await this.#photos.finish(upload)
      return this.#tellDone(id, request, reply)
    }
    return this.#transfer(id, request, reply)
  }

  async #own(id: string, request: FastifyRequest): Promise<StoredUpload | undefined> {
    const { session, scope } = personOf(request)
    const upload = await this.#photos.upload(id)
    if (upload && (upload.owner !== session.id || !inScope(scope, upload.area))) {
      throw new ProblemError('not_found')
    }
    return upload
  }

  /** An upload that has become a photo is complete for ever, though its file is gone. */
  async #tellDone(id: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { session, scope } = personOf(request)
    const photo = await this.#photos.transact({ scope, actor: session.id }, (tx) => ownPhoto(tx, id))
    if (!photo) throw new ProblemError('not_found')
    return reply
      .headers({
        'cache-control': 'no-store',
        'upload-offset': photo.sentBytes,
        'upload-length': photo.sentBytes,
      })
      .code(200)
      .send()
  }

  /** Hands the request to tus, and finishes the photo when its last byte has come. */
  async #transfer(
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
    prepare?: (web: Request) => void,
  ): Promise<FastifyReply> {
    // A dead connection may hold an upload until it times out; its owner is back on another one.
    const stale = this.#receiving.get(id)
    if (stale && !stale.raw.complete) stale.raw.destroy()
    return this.#inTurn(id, async () => {
      const web = webRequest(request)
      prepare?.(web)
      this.#receiving.set(id, request)
      let response: Response
      try {
        response = await this.#server.handleWeb(web)
      } finally {
        this.#receiving.delete(id)
      }
      if (!response.ok) throw await problemOfTus(response, request)
      const upload = request.method === 'DELETE' ? undefined : await this.#photos.upload(id)
      if (upload && upload.offset === upload.size) await this.#photos.finish(upload)
      return reply.code(response.status).headers(headersOf(response)).send()
    })
  }
}

/** The request in the shape that tus reads; the body is not touched before tus asks for it. */
function webRequest(request: FastifyRequest): Request {
  const { raw, method } = request
  const hasBody = method === 'PATCH' || method === 'POST'
  return new Request(`http://upload.invalid${raw.url}`, {
    method,
    headers: new Headers(
      Object.entries(raw.headers).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value] as [string, string]] : [],
      ),
    ),
    ...(hasBody ? { body: Readable.toWeb(raw) as ReadableStream, duplex: 'half' } : {}),
  } as RequestInit)
}

/** Without those that the server sets for all its answers. */
const headersOf = (response: Response): Record<string, string> =>
  Object.fromEntries(
    [...response.headers].filter(
      ([name]) => !name.startsWith('access-control-') && name !== 'content-length',
    ),
  )

/** Registers resumable photo uploads (tus 1.0) on `/v1/uploads`. */
export async function registerUploads(app: FastifyInstance, { photos, admit }: UploadDeps): Promise<void> {
  const transfers = new Transfers(photos)
  await app.register((scope, _options, done) => {
    // the bytes go from the socket to the disk: no parser, no body limit
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null))
    scope.addHook('onRequest', admit)
    scope.addHook('onRequest', (request, reply, next) => {
      reply.header('tus-resumable', '1.0.0')
      lingerAfter(request, reply)
      next()
    })
    scope.post(uploadsPath, (request, reply) => transfers.create(request, reply))
    scope.route({
      method: ['HEAD', 'PATCH', 'DELETE'],
      url: `${uploadsPath}/:id`,
      handler: (request, reply) => transfers.resume(request, reply),
    })
    done()
  })
}
