import { inScope, levelOf, photoLimits, uploadsPath, type FieldProblem } from '@minqing/core'
import type { Call } from './call.ts'
import { pictureOf } from './pictures.ts'
import { KitProblem } from './problem.ts'
import type { UploadRow } from './state.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const tus = { 'tus-resumable': '1.0.0', 'cache-control': 'no-store' }

/** Whether a path is one of uploads. */
export const isUpload = (path: string): boolean => path === uploadsPath || path.startsWith(`${uploadsPath}/`)

function metadataOf(headers: Headers): Record<string, string> {
  const pairs = (headers.get('upload-metadata') ?? '').split(',').map((pair) => pair.trim().split(' '))
  return Object.fromEntries(
    pairs.map(([name = '', value = '']) => {
      try {
        return [name, atob(value)]
      } catch {
        return [name, '']
      }
    }),
  )
}

/** @throws KitProblem `invalid_input`, `photo_too_large` */
function announced(headers: Headers): Omit<UploadRow, 'owner' | 'bytes'> {
  const length = headers.get('upload-length')
  const fields: FieldProblem[] = []
  if (length === null || !/^[1-9]\d{0,15}$/.test(length)) {
    fields.push({ path: '/Upload-Length', rule: length === null ? 'required' : 'minimum', limit: 1 })
  } else if (Number(length) > photoLimits.bytes) throw new KitProblem('photo_too_large')
  const { photo = '', area = '' } = metadataOf(headers)
  if (!uuid.test(photo)) fields.push({ path: '/Upload-Metadata/photo', rule: 'pattern' })
  if (!levelOf(area)) fields.push({ path: '/Upload-Metadata/area', rule: 'pattern' })
  if (fields.length > 0) throw new KitProblem('invalid_input', { fields })
  return { id: photo, area, size: Number(length) }
}

function create({ state, session, scope, headers }: Call): Response {
  const { id, area, size } = announced(headers)
  if (!inScope(scope, area) || !state.areas.has(area)) throw new KitProblem('area_not_found')
  const owner = state.photos.get(id)?.owner ?? state.uploads.get(id)?.owner ?? session.id
  if (owner !== session.id) throw new KitProblem('id_taken')
  state.uploads.set(id, { id, owner, area, size, bytes: new Uint8Array(0) })
  return new Response(null, { status: 201, headers: { ...tus, location: `uploads/${id}` } })
}

/** Makes a photo of a complete upload. */
function finish({ state }: Call, { id, owner, area, bytes }: UploadRow): void {
  state.uploads.delete(id)
  if (state.photos.get(id)) return
  const picture = pictureOf(bytes)
  if (!picture) throw new KitProblem('photo_not_an_image', { keeps: true })
  const { width, height } = picture
  if (width * height > photoLimits.pixels) throw new KitProblem('photo_too_many_pixels', { keeps: true })
  state.photos.set(id, { id, ...picture, area, owner, diary: null, issue: null, released: false, bytes })
}

/** A photo is complete for ever, though its upload is gone. */
function head({ state, session }: Call, id: string, upload: UploadRow | undefined): Response {
  const photo = state.photos.get(id)
  const [offset, length] = upload
    ? [upload.bytes.length, upload.size]
    : photo?.owner === session.id
      ? [photo.bytes.length, photo.bytes.length]
      : []
  if (offset === undefined) throw new KitProblem('not_found')
  const headers = { ...tus, 'upload-offset': String(offset), 'upload-length': String(length) }
  return new Response(null, { status: 200, headers })
}

function patch(call: Call, upload: UploadRow, part: Uint8Array<ArrayBuffer>): Response {
  if (call.headers.get('content-type') !== 'application/offset+octet-stream') {
    throw new KitProblem('media_type_unsupported')
  }
  if (Number(call.headers.get('upload-offset')) !== upload.bytes.length) {
    throw new KitProblem('upload_offset_conflict')
  }
  const length = upload.bytes.length + part.length
  if (length > upload.size) throw new KitProblem('photo_too_large')
  const bytes = new Uint8Array(length)
  bytes.set(upload.bytes)
  bytes.set(part, upload.bytes.length)
  const next = call.state.uploads.set(upload.id, { ...upload, bytes })
  if (length === upload.size) finish(call, next)
  return new Response(null, { status: 204, headers: { ...tus, 'upload-offset': String(length) } })
}

/** Answers one request of tus 1.0, as far as the client speaks it: create, ask, send a part, give up. */
export function transfer(call: Call, method: string, path: string, part: Uint8Array<ArrayBuffer>): Response {
  if (method === 'POST' && path === uploadsPath) return create(call)
  const id = path.slice(uploadsPath.length + 1)
  const upload = call.state.uploads.get(id)
  if (upload && (upload.owner !== call.session.id || !inScope(call.scope, upload.area))) {
    throw new KitProblem('not_found')
  }
  if (method === 'HEAD') return head(call, id, upload)
  if (!upload) throw new KitProblem('not_found')
  if (method === 'PATCH') return patch(call, upload, part)
  if (method !== 'DELETE') throw new KitProblem('not_found')
  call.state.uploads.delete(id)
  return new Response(null, { status: 204, headers: tus })
}
