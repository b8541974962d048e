import { photoLimits, photoSizes } from '@minqing/core/wire'
import { readJpeg } from './jpeg.ts'

/** Why a file cannot become a photo. */
export type PhotoProblem = 'not-an-image' | 'too-many-pixels'

export class UnusablePhoto extends Error {
  readonly reason: PhotoProblem
  constructor(reason: PhotoProblem, cause?: unknown) {
    super(reason)
    this.reason = reason
    if (cause !== undefined) this.cause = cause
  }
}

/**
 * Makes a photo small enough for a village's network: upright, 2048 px at the longer side, JPEG, without EXIF. The
 * server does all this again; here it saves the person's time and data.
 *
 * @throws {UnusablePhoto}
 */
export async function shrink(file: Blob): Promise<Blob> {
  const jpeg = await readJpeg(file)
  const { width, height } = jpeg ?? (await pngSize(file)) ?? { width: 0, height: 0 }
  // Decoding takes four bytes a pixel: refused before it can take the phone's memory.
  if (width * height > photoLimits.pixels) throw new UnusablePhoto('too-many-pixels')
  const bitmap = await decode(jpeg?.bare ?? file)
  try {
    return await draw(bitmap, jpeg?.orientation ?? 1)
  } finally {
    bitmap.close()
  }
}

async function decode(file: Blob): Promise<ImageBitmap> {
  try {
    // Firefox cannot decode a blob of several parts; in one piece it can.
    return await createImageBitmap(file).catch(async () =>
      createImageBitmap(new Blob([await file.arrayBuffer()], { type: file.type })),
    )
  } catch (error) {
    throw new UnusablePhoto('not-an-image', error)
  }
}

async function pngSize(file: Blob): Promise<{ width: number; height: number } | undefined> {
  const bytes = new DataView(await file.slice(0, 24).arrayBuffer())
  if (bytes.byteLength < 24 || bytes.getUint32(0) !== 0x89504e47) return undefined
  return { width: bytes.getUint32(16), height: bytes.getUint32(20) }
}

async function draw(bitmap: ImageBitmap, orientation: number): Promise<Blob> {
  const scale = Math.min(1, photoSizes.full / Math.max(bitmap.width, bitmap.height))
  const width = Math.max(1, Math.round(bitmap.width * scale))
  const height = Math.max(1, Math.round(bitmap.height * scale))
  const canvas = document.createElement('canvas')
  const turned = orientation > 4
  canvas.width = turned ? height : width
  canvas.height = turned ? width : height
  const context = canvas.getContext('2d')
  if (!context) throw new UnusablePhoto('not-an-image')
  // JPEG has no transparency; what is clear would become black.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.imageSmoothingQuality = 'high'
  context.setTransform(...upright(orientation, width, height))
  context.drawImage(bitmap, 0, 0, width, height)
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.85))
  // Gives the memory back at once; Safari otherwise keeps it until the page goes.
  canvas.width = canvas.height = 0
  if (!blob) throw new UnusablePhoto('not-an-image')
  return blob
}

type Matrix = [a: number, b: number, c: number, d: number, e: number, f: number]

/** Turns and mirrors by EXIF orientation; w and h are those of the image as stored. */
function upright(orientation: number, w: number, h: number): Matrix {
  const matrices: Record<number, Matrix> = {
    2: [-1, 0, 0, 1, w, 0],
    3: [-1, 0, 0, -1, w, h],
    4: [1, 0, 0, -1, 0, h],
    5: [0, 1, 1, 0, 0, 0],
    6: [0, 1, -1, 0, h, 0],
    7: [0, -1, -1, 0, h, w],
    8: [0, -1, 1, 0, 0, w],
  }
  return matrices[orientation] ?? [1, 0, 0, 1, 0, 0]
}
