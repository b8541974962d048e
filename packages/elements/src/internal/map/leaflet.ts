import L, { DomEvent, type Map } from 'leaflet'

export { DivIcon, Map, Marker } from 'leaflet'

// The library puts itself on the page under its old name. That name is the host's: it may have a map of its own there.
// Nothing of the page runs between its doing so and this.
;(L as unknown as { noConflict(): void }).noConflict()
const page = globalThis as { L?: unknown }
if (page.L === undefined) delete page.L

type Pointers = { PointerEvents: { disablePointerDetection(): void; enablePointerDetection(): void } }
const { PointerEvents } = DomEvent as unknown as Pointers

const maps = new Set<Map>()

/** Counts a map among those that are there. */
export function keep(map: Map): void {
  maps.add(map)
  PointerEvents.enablePointerDetection()
}

/** Takes a map down, and with the last one what the library listens to on the whole page. */
export function drop(map: Map): void {
  map.remove()
  maps.delete(map)
  if (!maps.size) PointerEvents.disablePointerDetection()
}

/** While something is dragged, the library sets classes and styles on elements of the page: no empty ones are left there. */
export function tidy(element: Element): void {
  const root = element.getRootNode()
  if (root instanceof ShadowRoot) tidy(root.host)
  const { body, documentElement } = document
  for (const one of [element, body]) if (one.getAttribute('class') === '') one.removeAttribute('class')
  if (documentElement.getAttribute('style') === '') documentElement.removeAttribute('style')
}
