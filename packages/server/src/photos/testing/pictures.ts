import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

/**
 * A JPEG as a phone makes it: noise (so that it has some weight), a red corner at the top left, EXIF with camera,
 * owner and GPS, XMP and a color profile.
 */
export async function camera(options: {
  width: number
  height: number
  orientation?: number
}): Promise<Buffer> {
  const { width, height, orientation } = options
  const corner = Math.round(Math.min(width, height) / 4)
  const noise = { type: 'gaussian', mean: 128, sigma: 20 } as const
  const red = await sharp({ create: { width: corner, height: corner, channels: 3, background: '#e00000' } })
    .png()
    .toBuffer()
  return sharp({ create: { width, height, channels: 3, background: '#808080', noise } })
    .composite([{ input: red, left: 0, top: 0 }])
    .withIccProfile('p3')
    .withXmp(
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret xmlns="http://ns.adobe.com/xap/1.0/">home</secret></x:xmpmeta>',
    )
    .withExif({
      IFD0: {
        Make: 'Minqing Camera',
        Artist: '陈立军',
        ...(orientation ? { Orientation: String(orientation) } : {}),
      },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '29/1 35/1 1234/100',
        GPSLongitudeRef: 'E',
        GPSLongitude: '120/1 49/1 4321/100',
      },
    })
    .withMetadata(orientation ? { orientation } : {})
    .jpeg({ quality: 85 })
    .toBuffer()
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** A valid PNG whose header promises any number of pixels; the file itself stays small. */
export function giant(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const row = Math.ceil(width / 8) + 1
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(row * height), { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
