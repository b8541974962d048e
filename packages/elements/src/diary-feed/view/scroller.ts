/** What scrolls the feed: an element (perhaps the feed itself), or the page. */
export interface Scroller {
  element: Element
  /** Where its scroll events arrive. */
  target: EventTarget
}

/** The nearest ancestor that scrolls, through shadow roots and slots. */
export function findScroller(from: Element): Scroller {
  for (let node: Node | null = from; node;) {
    if (node instanceof Element && node !== document.body && node !== document.documentElement) {
      if (/auto|scroll|overlay/.test(getComputedStyle(node).overflowY)) return { element: node, target: node }
    }
    node =
      node instanceof ShadowRoot
        ? node.host
        : ((node as Element).assignedSlot ?? (node.parentNode as Node | null))
  }
  return { element: document.scrollingElement ?? document.documentElement, target: document }
}

/** The visible part of a scroller, in the coordinates of `getBoundingClientRect`. */
export function viewport({ element, target }: Scroller): { top: number; bottom: number } {
  if (target === document) return { top: 0, bottom: innerHeight }
  const { top, bottom } = element.getBoundingClientRect()
  return { top: Math.max(0, top), bottom: Math.min(innerHeight, bottom) }
}
