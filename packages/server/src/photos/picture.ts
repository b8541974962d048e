import { open } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { photoLimits, photoSizes, type PhotoSize } from '@minqing/core'
import sharp, { type Metadata } from 'sharp'
import { ProblemError } from '../internal/problem-error.ts'
import { lanes } from './lanes.ts'
import { sniff } from './sniff.ts'

// One thread per picture and few pictures at a time: a burst of uploads must leave the processor to requests. The
// cache would keep files of past uploads in memory for nothing.
sharp.concurrency(1)
sharp.cache(false)
const inLane = lanes(Math.max(1, Math.floor(availableParallelism() / 2)))

/** A photo as it is kept: WebP without any metadata, upright. */
export type Picture = Readonly<Record<PhotoSize, Buffer>> & {
  readonly width: number
  readonly height: number
}

const notAnImage = (cause?: unknown): ProblemError =>
  Object.assign(new ProblemError('photo_not_an_image'), { cause })

async function headOf(source: string | Buffer): Promise<Uint8Array> {
  if (typeof source !== 'string') return source.subarray(0, 16)
  const file = await open(source)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Looks at the header only: nothing is decoded before its size is known to be bearable. */
async function check(source: string | Buffer): Promise<void> {
  const kind = sniff(await headOf(source))
  if (!kind) throw notAnImage()
  let metadata: Metadata
  try {
    metadata = await sharp(source, { limitInputPixels: false }).metadata()
  } catch (error) {
    throw notAnImage(error)
  }
  if (metadata.format !== kind || (metadata.pages ?? 1) > 1) throw notAnImage()
  if (metadata.width * metadata.height > photoLimits.pixels) throw new ProblemError('photo_too_many_pixels')
}

async function encode(source: string | Buffer): Promise<Picture> {
  const fit = (side: number) =>
    ({ width: side, height: side, fit: 'inside', withoutEnlargement: true }) as const
  const full = await sharp(source, { limitInputPixels: photoLimits.pixels, failOn: 'error' })
    .autoOrient()
    .resize(fit(photoSizes.full))
    .webp({ quality: 80, effort: 3 })
    .toBuffer({ resolveWithObject: true })
  const thumb = await sharp(full.data)
    .resize(fit(photoSizes.thumb))
    .webp({ quality: 72, effort: 3 })
    .toBuffer()
  return { full: full.data, thumb, width: full.info.width, height: full.info.height }
}

/**
 * Makes of a stranger's file what is kept of it. Whatever the file carried besides its pixels (EXIF, GPS, XMP, colour
 * profiles, comments) is gone, because only pixels are written again.
 *
 * @param source path or bytes of a JPEG, PNG, WebP or AVIF
 * @throws ProblemError `photo_not_an_image` (also for animated, truncated and damaged ones), `photo_too_many_pixels`
 */
export const makePicture = (source: string | Buffer): Promise<Picture> =>
  inLane(async () => {
    await check(source)
    try {
      return await encode(source)
    } catch (error) {
      throw notAnImage(error)
    }
  })
