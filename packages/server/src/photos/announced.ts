import { countyOf, levelOf, photoLimits, type FieldProblem } from '@minqing/core'
import { Metadata } from '@tus/server'
import type { FastifyRequest } from 'fastify'
import { ProblemError } from '../internal/problem-error.ts'

/** What a new upload says about itself in its headers, checked. */
export interface Announced {
  /** Id of the photo, made by the client; also the upload's. */
  readonly photo: string
  readonly area: string
  readonly county: string
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Whether an upload could have this id; no other ever reaches the disk or the database. */
export const isPhotoId = (id: string): boolean => uuid.test(id)

function metadataOf(request: FastifyRequest): Record<string, string | null> {
  const header = request.headers['upload-metadata']
  if (typeof header !== 'string' || header.length > 2000) return {}
  try {
    return Metadata.parse(header)
  } catch {
    return {}
  }
}

/** The size must be known at the start: then a file that is too large is refused before its first byte. */
function checkLength(request: FastifyRequest): FieldProblem[] {
  const length = request.headers['upload-length']
  if (typeof length !== 'string' || !/^[1-9]\d{0,15}$/.test(length)) {
    return [{ path: '/Upload-Length', rule: length === undefined ? 'required' : 'minimum', limit: 1 }]
  }
  if (Number(length) > photoLimits.bytes) throw new ProblemError('photo_too_large')
  return []
}

/** @throws ProblemError `invalid_input` with the headers and metadata that do not fit, `photo_too_large` */
export function announced(request: FastifyRequest): Announced {
  const fields = checkLength(request)
  const { photo, area } = metadataOf(request)
  if (!photo || !isPhotoId(photo)) fields.push({ path: '/Upload-Metadata/photo', rule: 'pattern' })
  if (!area || !levelOf(area)) fields.push({ path: '/Upload-Metadata/area', rule: 'pattern' })
  if (fields.length > 0) throw new ProblemError('invalid_input', { fields })
  return { photo: photo!, area: area!, county: countyOf(area!) }
}
