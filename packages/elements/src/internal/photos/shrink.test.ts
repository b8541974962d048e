import { expect } from '@open-wc/testing'
import { corners, cornersOf, jpeg } from '../../testing/jpeg.ts'
import { readJpeg } from './jpeg.ts'
import { shrink, type UnusablePhoto } from './shrink.ts'

const [red, green, blue, white] = corners

/** What a photo of the four corners looks like upright, by EXIF orientation. */
const upright: Record<number, string[]> = {
  1: [red, green, blue, white],
  2: [green, red, white, blue],
  3: [white, blue, green, red],
  4: [blue, white, red, green],
  5: [red, blue, green, white],
  6: [blue, red, white, green],
  7: [white, green, blue, red],
  8: [green, white, red, blue],
}

const failure = async (file: Blob) => {
  try {
    await shrink(file)
  } catch (error) {
    return (error as UnusablePhoto).reason
  }
  return undefined
}

describe('shrinking photos', () => {
  for (const [orientation, expected] of Object.entries(upright)) {
    it(`turns EXIF orientation ${orientation} upright`, async () => {
      const small = await shrink(await jpeg(400, 300, { orientation: Number(orientation) }))
      const { width, height, colors } = await cornersOf(small)
      expect(colors).to.deep.equal(expected)
      expect([width, height]).to.deep.equal(Number(orientation) > 4 ? [300, 400] : [400, 300])
    })
  }

  it('takes EXIF and the place in it away', async () => {
    const photo = await jpeg(400, 300, { orientation: 6 })
    const holdsExif = async (blob: Blob) => (await blob.text()).includes('Exif')
    expect(await holdsExif(photo)).to.equal(true)
    expect(await holdsExif((await readJpeg(photo))!.bare)).to.equal(false)
    expect(await holdsExif(await shrink(photo))).to.equal(false)
  })

  it('makes the longer side 2048 px at most, and never larger than it was', async () => {
    const { width, height } = await cornersOf(await shrink(await jpeg(3000, 1500)))
    expect([width, height]).to.deep.equal([2048, 1024])
    expect((await cornersOf(await shrink(await jpeg(40, 30)))).width).to.equal(40)
  })

  it('puts a white ground under what is clear', async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 20, height: 20 })
    const png = await new Promise<Blob>((done) => canvas.toBlob((made) => done(made!), 'image/png'))
    expect((await cornersOf(await shrink(png))).colors).to.deep.equal([white, white, white, white])
  })

  it('refuses what is not an image', async () => {
    expect(await failure(new Blob(['<!doctype html><p>no photo'], { type: 'image/jpeg' }))).to.equal(
      'not-an-image',
    )
    expect(await failure(new Blob([]))).to.equal('not-an-image')
    expect(await failure((await jpeg()).slice(0, 300))).to.equal('not-an-image')
  })

  it('refuses too many pixels before it decodes them', async () => {
    const head = new DataView(new ArrayBuffer(24))
    head.setUint32(0, 0x89504e47)
    head.setUint32(16, 30_000)
    head.setUint32(20, 30_000)
    expect(await failure(new Blob([head]))).to.equal('too-many-pixels')
    const photo = new Uint8Array(await (await jpeg()).arrayBuffer())
    const frame = photo.findIndex((byte, n) => byte === 0xff && photo[n + 1] === 0xc0)
    photo.set([0x75, 0x30, 0x75, 0x30], frame + 5)
    expect(await failure(new Blob([photo]))).to.equal('too-many-pixels')
  })
})
