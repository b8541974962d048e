// Runs in the page, beside the feed.

/** What a stretch of scrolling cost. */
export interface Ride {
  /** Milliseconds from frame to frame. */
  frames: number[]
  /** Most diaries, and most elements of any kind, that the feed had in the page at once. */
  mostCards: number
  mostElements: number
  /** Frames in which the viewport was not covered by diaries to its edge. */
  bare: number
  /** Pixels gone. */
  distance: number
}

const feed = document.createElement('mq-diary-feed')
feed.setAttribute('area', '330683')
document.body.append(feed)

const list = () => feed.shadowRoot?.querySelector('.list')
const cards = () => [...(feed.shadowRoot?.querySelectorAll('article') ?? [])]
const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))

/** Scrolls at an even pace, as a thumb or a wheel that does not rest. */
async function ride(milliseconds: number, pixelsPerFrame: number): Promise<Ride> {
  const result: Ride = { frames: [], mostCards: 0, mostElements: 0, bare: 0, distance: 0 }
  const begin = scrollY
  let last = await nextFrame()
  const end = last + milliseconds
  while (last < end) {
    scrollBy(0, pixelsPerFrame)
    const now = await nextFrame()
    result.frames.push(now - last)
    last = now
    // Looking costs a layout that the page does in this frame anyway; counting elements is done now and then.
    const { top, bottom } = list()!.getBoundingClientRect()
    if (top > 200 || bottom < innerHeight - 40) result.bare++
    result.mostCards = Math.max(result.mostCards, list()!.childElementCount)
    if (result.frames.length % 30 === 0) {
      result.mostElements = Math.max(result.mostElements, feed.shadowRoot!.querySelectorAll('*').length)
    }
  }
  result.distance = Math.abs(scrollY - begin)
  return result
}

/** The same pace over a page that has nothing to do: what the machine itself makes of frames. */
async function idle(milliseconds: number): Promise<number[]> {
  const frames: number[] = []
  let last = await nextFrame()
  const end = last + milliseconds
  while (last < end) {
    const now = await nextFrame()
    frames.push(now - last)
    last = now
  }
  return frames
}

/** Jumps to a day (or `oldest`) and tells whether the diary comes into view, and stays there while more are read. */
async function jump(date: string, wanted: string): Promise<boolean> {
  feed.setAttribute('date', date)
  const inView = () => {
    const { top = Infinity, bottom = 0 } =
      cards()
        .find(({ id }) => id === wanted)
        ?.getBoundingClientRect() ?? {}
    return bottom > 0 && top < innerHeight
  }
  const end = performance.now() + 20_000
  while (!inView()) {
    if (performance.now() > end) return false
    await nextFrame()
  }
  await new Promise((resolve) => setTimeout(resolve, 1500))
  return inView()
}

const ready = async (): Promise<boolean> => {
  while (cards().length < 3) await nextFrame()
  return true
}

const kit = { ride, idle, jump, ready }
declare global {
  interface Window {
    kit: typeof kit
  }
}
window.kit = kit
