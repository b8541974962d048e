/**
 * The nearest `<mq-scope>` around an element: among its ancestors, then among those of the element whose shadow root it
 * is in, and so on outwards. By its tag and attributes alone, so that nothing depends on when its code arrives.
 */
export function scopeOf(element: Element): Element | null {
  let at: Element | undefined = element
  while (at) {
    const found: Element | null = at.closest('mq-scope')
    if (found) return found
    at = (at.getRootNode() as Partial<ShadowRoot>).host
  }
  return null
}
