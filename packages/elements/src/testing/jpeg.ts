/** A small EXIF block with an orientation and a GPS position: what phones put into photos. */
function exifSegment(orientation: number): Uint8Array {
  const tiff = new DataView(new ArrayBuffer(8 + 2 + 2 * 12 + 4 + 2 + 12 + 4))
  tiff.setUint16(0, 0x4949)
  tiff.setUint16(2, 42, true)
  tiff.setUint32(4, 8, true)
  tiff.setUint16(8, 2, true)
  const entry = (at: number, tag: number, type: number, value: number) => {
    tiff.setUint16(at, tag, true)
    tiff.setUint16(at + 2, type, true)
    tiff.setUint32(at + 4, 1, true)
    if (type === 3) tiff.setUint16(at + 8, value, true)
    else tiff.setUint32(at + 8, value, true)
  }
  entry(10, 0x0112, 3, orientation)
  entry(22, 0x8825, 4, 38)
  tiff.setUint16(38, 1, true)
  entry(40, 0x0001, 2, 0x4e)
  const head = new Uint8Array([0xff, 0xe1, 0, 0, 0x45, 0x78, 0x69, 0x66, 0, 0])
  new DataView(head.buffer).setUint16(2, 8 + tiff.byteLength)
  return new Uint8Array([...head, ...new Uint8Array(tiff.buffer)])
}

/** Colors of the corners: top left, top right, bottom left, bottom right. */
export type Corners = [string, string, string, string]
export const corners: Corners = ['#ff0000', '#00ff00', '#0000ff', '#ffffff']

/** A real JPEG with four colored quarters and, when asked, EXIF with an orientation and a place. */
export async function jpeg(
  width = 400,
  height = 300,
  { orientation, name = 'photo.jpg' }: { orientation?: number; name?: string } = {},
): Promise<File> {
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const context = canvas.getContext('2d')!
  corners.forEach((color, n) => {
    context.fillStyle = color
    context.fillRect((n % 2) * (width / 2), Math.floor(n / 2) * (height / 2), width / 2, height / 2)
  })
  const blob = await new Promise<Blob>((done) => canvas.toBlob((made) => done(made!), 'image/jpeg', 0.95))
  const exif = orientation ? [exifSegment(orientation) as Uint8Array<ArrayBuffer>] : []
  return new File([blob.slice(0, 2), ...exif, blob.slice(2)], name, { type: 'image/jpeg' })
}

/** The nearest of the four colors in each corner of an image. */
export async function cornersOf(blob: Blob): Promise<{ width: number; height: number; colors: string[] }> {
  const bitmap = await createImageBitmap(blob)
  const { width, height } = bitmap
  const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d')!
  context.drawImage(bitmap, 0, 0)
  const colors = [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.25, 0.75],
    [0.75, 0.75],
  ].map(([x, y]) => {
    const { data } = context.getImageData(width * x!, height * y!, 1, 1)
    return `#${[...data.slice(0, 3)].map((value) => (value > 127 ? 'ff' : '00')).join('')}`
  })
  return { width, height, colors }
}
