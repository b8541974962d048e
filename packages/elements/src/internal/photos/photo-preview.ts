import { noChange } from 'lit'
import { Directive, directive, type ElementPart } from 'lit/directive.js'

/**
 * Draws a photo into its canvas. A host's content policy may forbid `blob:` images; a canvas needs no policy.
 */
class Preview extends Directive {
  private shown?: Blob

  render(_blob: Blob | undefined): typeof noChange {
    return noChange
  }

  override update({ element }: ElementPart, [blob]: [Blob | undefined]): typeof noChange {
    if (blob && blob !== this.shown) {
      this.shown = blob
      void draw(element as HTMLCanvasElement, blob)
    }
    return noChange
  }
}

async function draw(canvas: HTMLCanvasElement, blob: Blob): Promise<void> {
  const bitmap = await createImageBitmap(blob).catch(() => undefined)
  if (!bitmap) return
  // Fills the square, as `object-fit: cover` would.
  const { width, height } = canvas
  const scale = Math.max(width / bitmap.width, height / bitmap.height)
  const [w, h] = [bitmap.width * scale, bitmap.height * scale]
  const context = canvas.getContext('2d')
  if (context) context.imageSmoothingQuality = 'high'
  context?.drawImage(bitmap, (width - w) / 2, (height - h) / 2, w, h)
  bitmap.close()
}

export const preview = directive(Preview)
