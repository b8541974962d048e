import { GridLayer, Util, type Coords, type DoneCallback } from 'leaflet'
import type { MapTiles } from './host-map.ts'

/**
 * One layer of tiles. Not the library's own: that one gives up a tile by showing an empty `data:` picture in its place,
 * which the policy of a page may refuse.
 */
export class Tiles extends GridLayer {
  private readonly source: MapTiles

  constructor(source: MapTiles) {
    const { minZoom = 1, maxZoom = 18 } = source
    // Beyond the last level its pictures are shown larger.
    super({ minZoom, maxZoom: 20, maxNativeZoom: maxZoom })
    this.source = source
    this.on('tileunload', ({ tile }) => {
      tile.onload = tile.onerror = null
      // Not waited for any more.
      tile.removeAttribute('src')
    })
  }

  protected override createTile({ x, y, z }: Coords, done: DoneCallback): HTMLElement {
    const { url, subdomains = [] } = this.source
    const tile = document.createElement('img')
    // Neighbors come from different subdomains, and each always from the same, which browsers remember it by.
    const s = subdomains.length ? subdomains[Math.abs(x + y) % subdomains.length] : ''
    tile.alt = ''
    tile.onload = () => done(undefined, tile)
    tile.onerror = () => done(new Error('The tile did not come'), tile)
    tile.src = Util.template(url, { s, x, y, z })
    return tile
  }
}
