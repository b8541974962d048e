import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isProblem } from './testing/problems.ts'
import { camera, giant } from './testing/pictures.ts'
import exifr from 'exifr'
import sharp from 'sharp'
import { makePicture } from './picture.ts'

const notAnImage = isProblem('photo_not_an_image')

describe('[P3] what is kept of a photo', () => {
  test('is WebP in two sizes, none larger than it came', async () => {
    const picture = await makePicture(await camera({ width: 4000, height: 3000 }))
    const full = await sharp(picture.full).metadata()
    const thumb = await sharp(picture.thumb).metadata()
    assert.deepEqual([full.format, full.width, full.height], ['webp', 2048, 1536])
    assert.deepEqual([thumb.format, thumb.width, thumb.height], ['webp', 480, 360])
    assert.deepEqual([picture.width, picture.height], [2048, 1536])
    const small = await makePicture(await camera({ width: 300, height: 200 }))
    assert.deepEqual([small.width, small.height], [300, 200])
    assert.equal((await sharp(small.thumb).metadata()).width, 300)
  })

  test('carries no EXIF, GPS, XMP nor colour profile', async () => {
    const original = await camera({ width: 800, height: 600 })
    const before = (await exifr.parse(original, true)) as Record<string, unknown>
    assert.equal(before['Make'], 'Minqing Camera', 'the original has EXIF')
    assert.ok(before['latitude'], 'and a place')
    const picture = await makePicture(original)
    for (const bytes of [picture.full, picture.thumb]) {
      assert.equal(await exifr.parse(bytes, true).catch(() => undefined), undefined)
      const { exif, xmp, icc, iptc, orientation } = await sharp(bytes).metadata()
      assert.deepEqual([exif, xmp, icc, iptc, orientation], Array(5).fill(undefined))
      for (const trace of ['Exif', 'Minqing Camera', 'GPS', 'http://ns.adobe.com', 'ICC_PROFILE', 'ICCP']) {
        assert.ok(!bytes.includes(trace), trace)
      }
    }
  })

  test('stands upright, as the phone was held', async () => {
    const picture = await makePicture(await camera({ width: 640, height: 480, orientation: 6 }))
    assert.deepEqual([picture.width, picture.height], [480, 640])
    // the red corner of the original's top left is at the top right after a turn to the right
    const { data, info } = await sharp(picture.full).raw().toBuffer({ resolveWithObject: true })
    const at = (x: number, y: number) => data.subarray((y * info.width + x) * info.channels).subarray(0, 3)
    const [red, green] = at(info.width - 10, 10)
    assert.ok(red! > 180 && green! < 90, `top right is ${[...at(info.width - 10, 10)].join()}`)
    const [otherRed, otherGreen] = at(10, 10)
    assert.ok(otherRed! < 180 || otherGreen! > 90)
  })

  test('comes from JPEG, PNG, WebP and AVIF', async () => {
    const image = sharp(await camera({ width: 64, height: 48 }))
    for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
      const picture = await makePicture(await image.clone().toFormat(format).toBuffer())
      assert.deepEqual([picture.width, picture.height], [64, 48], format)
    }
  })
})

describe('[P2] what is not taken for a photo', () => {
  test('text, HTML and other formats, whatever they are called', async () => {
    const gif = await sharp(await camera({ width: 20, height: 20 }))
      .gif()
      .toBuffer()
    const tiff = await sharp(await camera({ width: 20, height: 20 }))
      .tiff()
      .toBuffer()
    const strangers: Record<string, Buffer> = {
      empty: Buffer.alloc(0),
      text: Buffer.from('hello'),
      html: Buffer.from('<!doctype html><script>alert(1)</script>'),
      svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      pdf: Buffer.from('%PDF-1.7\n'),
      gif,
      tiff,
    }
    for (const [name, bytes] of Object.entries(strangers)) {
      await assert.rejects(makePicture(bytes), notAnImage, name)
    }
  })

  test('a file that only begins like an image', async () => {
    const html = '<script>alert(1)</script>'.repeat(100)
    for (const head of [
      Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      Buffer.from('RIFF\x10\x00\x00\x00WEBPVP8 ', 'latin1'),
      Buffer.from('\x00\x00\x00\x18ftypheic', 'latin1'),
    ]) {
      await assert.rejects(makePicture(Buffer.concat([head, Buffer.from(html)])), notAnImage)
    }
  })

  test('a file cut off in the middle, and a damaged one', async () => {
    const jpeg = await camera({ width: 1200, height: 900 })
    await assert.rejects(makePicture(jpeg.subarray(0, jpeg.length >> 1)), notAnImage)
    const png = await sharp(jpeg).png().toBuffer()
    await assert.rejects(makePicture(png.subarray(0, png.length >> 1)), notAnImage)
    const damaged = Buffer.from(png)
    const middle = damaged.length >> 1
    damaged.fill(0x55, middle, middle + 2000)
    await assert.rejects(makePicture(damaged), notAnImage)
  })

  test('moving pictures', async () => {
    const frames = await sharp(
      [1, 2].map(
        (n) =>
          ({
            create: { width: 20, height: 20, channels: 3, background: { r: n * 90, g: 0, b: 0 } },
          }) as never,
      ),
      { join: { animated: true } },
    )
      .webp()
      .toBuffer()
    assert.equal((await sharp(frames).metadata()).pages, 2)
    await assert.rejects(makePicture(frames), notAnImage)
  })

  test('30,000 × 30,000 pixels, refused by its header before decoding', async () => {
    const bomb = giant(30_000, 30_000)
    const before = process.memoryUsage().rss
    const begin = performance.now()
    await assert.rejects(makePicture(bomb), isProblem('photo_too_many_pixels'))
    assert.ok(performance.now() - begin < 2000)
    assert.ok(process.memoryUsage().rss - before < 200 * 1024 * 1024)
  })
})
