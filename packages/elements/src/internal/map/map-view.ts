import { html, nothing, render, type TemplateResult } from 'lit'
import { placeIcon } from '../icons.ts'
import { addStyles } from '../lazy-styles.ts'
import { msg, str } from '../localize.ts'
import { convert, type Coordinates } from '../position.ts'
import type { HostMap, MapLayer } from './host-map.ts'
import { DivIcon, Map, Marker, drop, keep, tidy } from './leaflet.ts'
import { mapStyles } from './map.styles.ts'
import { Tiles } from './tiles.ts'

/** Tiles that neither come nor fail for so long will not come: closed networks swallow what they do not let through. */
const patienceMs = 15_000
/** How far an arrow key moves the pin on the screen, in pixels; with Shift it is one. */
const step = 10

/** Where the pin is to be, in WGS 84. */
export interface Spot extends Coordinates {
  /** Known only up to its grid. */
  isRough: boolean
}

export interface MapWishes {
  /** Told where the pin was put, in WGS 84. Without it the map is only looked at. */
  moved?: ((to: Coordinates) => void) | undefined
  /** Nothing could be shown; the map is to be taken down. */
  failed(): void
}

const rounded = (degrees: number) => Math.round(degrees * 1e6) / 1e6

/** A map with one pin, drawn into an element of a widget's shadow root. */
export class MapView {
  private readonly frame: HTMLElement
  private readonly offer: HostMap
  private readonly wishes: MapWishes
  private readonly map: Map
  private readonly pin: Marker
  private shown: MapLayer
  private tiles: Tiles[] = []
  private at: Spot
  private timer?: ReturnType<typeof setTimeout> | undefined

  /** Makes the map at a place given in WGS 84. */
  static async at(frame: HTMLElement, offer: HostMap, at: Spot, wishes: MapWishes): Promise<MapView> {
    const spot = await convert(at, 'wgs84', offer.system)
    return new MapView(frame, offer, at, spot, wishes)
  }

  private constructor(
    frame: HTMLElement,
    offer: HostMap,
    at: Spot,
    { latitude, longitude }: Coordinates,
    wishes: MapWishes,
  ) {
    this.frame = frame
    this.offer = offer
    this.at = at
    this.wishes = wishes
    this.shown = offer.layers[0]!
    addStyles({ renderRoot: frame.getRootNode() as ShadowRoot }, mapStyles)
    this.draw()
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
    this.map = new Map(frame.querySelector<HTMLElement>('.map-canvas')!, {
      // Both write HTML as text, which a page with trusted types refuses; the buttons and the name are ours.
      attributionControl: false,
      zoomControl: false,
      boxZoom: false,
      doubleClickZoom: false,
      // Whoever scrolls the page is not caught by the map: it moves once it was pressed.
      scrollWheelZoom: false,
      dragging: !matchMedia('(pointer: coarse)').matches,
      fadeAnimation: false,
      zoomAnimation: !isStill,
      inertia: !isStill,
      center: [latitude, longitude],
      zoom: 16,
    })
    keep(this.map)
    const icon = document.createElement('span')
    render(placeIcon, icon)
    const isMovable = !!wishes.moved
    this.pin = new Marker([latitude, longitude], {
      icon: new DivIcon({ html: icon, className: 'map-pin', iconSize: [44, 44], iconAnchor: [22, 39] }),
      draggable: isMovable,
      autoPan: isMovable,
      interactive: isMovable,
      keyboard: isMovable,
    }).addTo(this.map)
    this.show(this.shown)
    this.listen()
    this.draw()
  }

  private listen(): void {
    const { map, pin, wishes } = this
    const canvas = map.getContainer()
    map.on('click', () => {
      map.scrollWheelZoom.enable()
      map.dragging.enable()
    })
    map.on('blur', () => {
      map.scrollWheelZoom.disable()
      if (matchMedia('(pointer: coarse)').matches) map.dragging.disable()
    })
    map.on('dragend', () => tidy(canvas))
    if (!wishes.moved) return
    map.on('click', ({ latlng }) => {
      pin.setLatLng(latlng)
      void this.tell()
    })
    pin.on('dragend', () => {
      tidy(canvas)
      void this.tell()
    })
    pin.getElement()!.addEventListener('keydown', (event) => this.onKey(event))
  }

  private readonly onKey = (event: KeyboardEvent) => {
    const { map, pin } = this
    const by = event.shiftKey ? 1 : step
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-by, 0],
      ArrowRight: [by, 0],
      ArrowUp: [0, -by],
      ArrowDown: [0, by],
    }
    const move = moves[event.key]
    if (!move) return
    // Not the map, nor the page.
    event.preventDefault()
    event.stopPropagation()
    pin.setLatLng(map.unproject(map.project(pin.getLatLng()).add(move)))
    map.panInside(pin.getLatLng(), { padding: [44, 44] })
    void this.tell()
  }

  private async tell(): Promise<void> {
    const { lat, lng } = this.pin.getLatLng().wrap()
    const at = await convert({ longitude: lng, latitude: lat }, this.offer.system, 'wgs84')
    const to = { longitude: rounded(at.longitude), latitude: rounded(at.latitude) }
    this.at = { ...this.at, ...to }
    this.draw()
    this.wishes.moved?.(to)
  }

  /** Goes to another place, unless the pin is there already; says all in the language of now. */
  async update(at: Spot): Promise<void> {
    const before = this.at
    this.at = at
    if (at.longitude !== before.longitude || at.latitude !== before.latitude) {
      const { longitude, latitude } = await convert(at, 'wgs84', this.offer.system)
      this.pin.setLatLng([latitude, longitude])
      this.map.setView([latitude, longitude])
    }
    this.draw()
  }

  private show(layer: MapLayer): void {
    for (const tiles of this.tiles) tiles.remove()
    this.shown = layer
    this.tiles = layer.tiles.map((one) => new Tiles(one))
    this.watch(this.tiles[0]!)
    for (const tiles of this.tiles) tiles.addTo(this.map)
  }

  /** Not one of the first tiles came: the address is wrong, or not let through, or the network is away. */
  private watch(tiles: Tiles): void {
    let came = 0
    clearTimeout(this.timer)
    const fail = () => {
      if (came || !this.tiles.includes(tiles)) return
      const { origin } = new URL(this.shown.tiles[0]!.url.replace('{s}', '0'), location.href)
      console.warn(
        `minqing: no tiles of the map came from ${origin}; look at the key, the network and img-src of the page’s policy.`,
      )
      this.wishes.failed()
    }
    tiles.on('tileload', () => came++)
    tiles.on('load', fail)
    this.timer = setTimeout(fail, patienceMs)
  }

  private draw(): void {
    render(this.view(), this.frame)
    const mark = this.pin?.getElement()
    if (!mark || !this.wishes.moved) return
    mark.setAttribute('aria-label', msg('位置标记，用方向键移动', { id: 'map.pin' }))
    mark.setAttribute('aria-roledescription', msg('可移动的标记', { id: 'map.pin.role' }))
  }

  private view(): TemplateResult {
    const [east, north] = [this.at.longitude.toFixed(5), this.at.latitude.toFixed(5)]
    const hint = this.wishes.moved
      ? msg('拖动标记或点按地图可以改正位置', { id: 'map.hint' })
      : this.at.isRough && msg('位置已模糊到约 1 公里', { id: 'map.rough' })
    return html`<div class="map-box">
        <div
          class="map-canvas"
          role="application"
          aria-label=${msg('地图，方向键移动，加号减号缩放', { id: 'map.canvas' })}
        ></div>
        <div class="map-tools">
          ${this.tool('＋', msg('放大', { id: 'map.closer' }), () => this.map.zoomIn())}
          ${this.tool('－', msg('缩小', { id: 'map.wider' }), () => this.map.zoomOut())}
          ${this.offer.layers.length > 1 ? this.changeOver() : nothing}
        </div>
        <p class="map-credit">${this.offer.attribution}</p>
      </div>
      <p class="map-where small" aria-live="polite">
        ${msg(str`北纬 ${north}°，东经 ${east}°`, { id: 'map.where' })}
        ${hint ? html`<br />${hint}` : nothing}
      </p>`
  }

  private tool(sign: string, name: string, press: () => void): TemplateResult {
    return html`<button type="button" class="button quiet" aria-label=${name} title=${name} @click=${press}>
      <span aria-hidden="true">${sign}</span>
    </button>`
  }

  private changeOver(): TemplateResult {
    const { layers } = this.offer
    const next = layers[(layers.indexOf(this.shown) + 1) % layers.length]!
    const names = {
      streets: msg('街道', { id: 'map.streets' }),
      satellite: msg('影像', { id: 'map.satellite' }),
    }
    return html`<button
      type="button"
      class="button quiet"
      @click=${() => {
        this.show(next)
        this.draw()
      }}
    >
      ${names[next.kind]}
    </button>`
  }

  remove(): void {
    clearTimeout(this.timer)
    this.tiles = []
    drop(this.map)
    tidy(this.frame)
    render(nothing, this.frame)
  }
}
