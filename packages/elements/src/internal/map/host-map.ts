import type { CoordinateSystem } from '../services.ts'

/** Square pictures of one kind, 256 pixels wide, on the Web Mercator grid. */
export interface MapTiles {
  /** Address with `{z}`, `{x}` and `{y}`, and `{s}` where there are subdomains. */
  url: string
  subdomains?: readonly string[]
  /** The levels that there are; 1 and 18 unless told. */
  minZoom?: number
  maxZoom?: number
}

export interface MapLayer {
  kind: 'streets' | 'satellite'
  /** What lies upon what, the lowest first: pictures, and then the names upon them. */
  tiles: readonly MapTiles[]
}

/** A map that a host offers. It is data: the widgets draw it, with code that is loaded when one is shown. */
export interface HostMap {
  /** The first is shown; where there are more, the person may change over. */
  layers: readonly MapLayer[]
  /** What the owner of the map wants to be named by. */
  attribution: string
  /** Of the tiles. BD-09 has a grid of its own and cannot be shown. */
  system: Exclude<CoordinateSystem, 'bd09'>
}
