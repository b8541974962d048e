import { definePlugin } from '@minqing/elements/plugins'

export interface WatermarkOptions {
  /** Who is looking, and when: `陈立军 3071`. Shown at once; without it only when somebody asks for the service. */
  text?: string
  /** Of the letters, in pixels; 15 unless told. */
  fontSize?: number
}

declare module '@minqing/elements/plugins' {
  interface MinqingPlugins {
    watermark: WatermarkOptions | undefined
  }
}

/** In the middle between black and white: seen on both, and hardly in the way. */
const ink = 'rgba(128, 128, 128, 0.22)'
const slant = -Math.PI / 9
const looks = {
  position: 'fixed',
  top: '0',
  left: '0',
  'z-index': '2147483647',
  'pointer-events': 'none',
  'user-select': 'none',
}

function draw(canvas: HTMLCanvasElement, text: string, fontSize: number): void {
  const scale = globalThis.devicePixelRatio || 1
  const { innerWidth: width, innerHeight: height } = globalThis
  canvas.width = width * scale
  canvas.height = height * scale
  canvas.style.setProperty('width', `${width}px`)
  canvas.style.setProperty('height', `${height}px`)
  const context = canvas.getContext('2d')
  if (!context) return
  context.scale(scale, scale)
  context.rotate(slant)
  context.font = `${fontSize}px sans-serif`
  context.fillStyle = ink
  const [stepX, stepY] = [context.measureText(text).width + fontSize * 5, fontSize * 6]
  // Turned, the page reaches as far as its diagonal, and up as well.
  const reach = Math.hypot(width, height)
  for (let y = 0, row = 0; y < reach * 1.5; y += stepY, row++) {
    for (let x = -reach / 2 - (row % 2) * (stepX / 2); x < reach; x += stepX) context.fillText(text, x, y)
  }
}

/**
 * Shows the text over the whole page, for eyes and screenshots: nothing can be pressed through it, and screen readers
 * pass it by. Whoever removes it by hand sees it again.
 *
 * @returns the way to take it away
 */
export function show(text: string, fontSize = 15): () => void {
  const canvas = document.createElement('canvas')
  canvas.setAttribute('aria-hidden', 'true')
  for (const [name, value] of Object.entries(looks)) canvas.style.setProperty(name, value)
  const redraw = () => draw(canvas, text, fontSize)
  const put = () => {
    if (canvas.parentNode !== document.body) document.body.append(canvas)
  }
  const watcher = new MutationObserver(put)
  redraw()
  put()
  watcher.observe(document.body, { childList: true })
  addEventListener('resize', redraw)
  return () => {
    watcher.disconnect()
    removeEventListener('resize', redraw)
    canvas.remove()
  }
}

/** A watermark that our own page draws, where no host does. */
export const watermark = definePlugin<'watermark', WatermarkOptions | undefined>({
  name: 'watermark',
  setup({ offer, signal }, { text, fontSize } = {}) {
    const shown = (words: string) => {
      const hide = show(words, fontSize)
      signal.addEventListener('abort', hide)
      return () => {
        signal.removeEventListener('abort', hide)
        hide()
      }
    }
    offer('watermark', ({ text: words }) => shown(words))
    if (text !== undefined) shown(text)
  },
})
