import type { Place } from '@minqing/core/wire'
import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit'
import { msg } from '../localize.ts'
import type { Coordinates } from '../position.ts'
import { onServices, service } from '../services.ts'
import type { HostMap } from './host-map.ts'
import type { MapView, Spot } from './map-view.ts'

type Code = typeof import('./map-view.ts')

/**
 * The place in a widget where a map is shown, while a host offers one. What draws it is loaded when it is first seen;
 * it goes when it is no more seen.
 */
export class MapSpot implements ReactiveController {
  private readonly host: ReactiveControllerHost
  private readonly moved: ((to: Coordinates) => void) | undefined
  private readonly frame = document.createElement('div')
  private at: Spot | undefined
  private code: Code | undefined
  /** What the map that is there was made of. */
  private made: HostMap | undefined
  private view: Promise<MapView | undefined> | undefined
  private ending: Promise<void> | undefined
  private isBroken = false
  private forget?: () => void

  /** @param moved told where the person has put the pin, in WGS 84; without it they cannot */
  constructor(host: ReactiveControllerHost, moved?: (to: Coordinates) => void) {
    this.host = host
    this.moved = moved
    this.frame.className = 'map'
    host.addController(this)
  }

  hostConnected(): void {
    this.forget = onServices(() => this.host.requestUpdate())
  }

  hostDisconnected(): void {
    this.forget?.()
    this.end()
  }

  /** Shows a place, if it has coordinates; they are WGS 84. */
  render(place: Partial<Place> | null | undefined): unknown {
    const { longitude, latitude, precision } = place ?? {}
    const isPlaced = longitude !== undefined && latitude !== undefined
    this.at = isPlaced ? { longitude, latitude, isRough: precision === 'grid' } : undefined
    if (!isPlaced || !service('map')) return nothing
    if (this.isBroken) return this.brokenFace()
    if (!this.code) void this.load()
    return this.code ? this.frame : nothing
  }

  private async load(): Promise<void> {
    try {
      this.code = await import('./map-view.ts')
    } catch {
      this.isBroken = true
    }
    this.host.requestUpdate()
  }

  hostUpdated(): void {
    const { frame, code, at } = this
    const offer = service('map')
    const isSeen = frame.isConnected && !this.isBroken
    if (!isSeen || offer !== this.made) this.end()
    if (!isSeen || !offer || !at || !code) return
    if (this.view) void this.view.then((view) => view?.update(at))
    else this.view = this.begin(code, offer, at)
  }

  private async begin({ MapView }: Code, offer: HostMap, at: Spot): Promise<MapView | undefined> {
    this.made = offer
    const failed = () => {
      this.isBroken = true
      this.host.requestUpdate()
    }
    try {
      // They are drawn into the same element.
      await this.ending
      return await MapView.at(this.frame, offer, at, { moved: this.moved, failed })
    } catch (error) {
      console.warn('minqing: the map could not be drawn', error)
      failed()
      return undefined
    }
  }

  private end(): void {
    if (this.view) this.ending = this.view.then((view) => view?.remove())
    this.view = this.made = undefined
  }

  private brokenFace() {
    return html`<p class="note small" role="status">
      ${msg('地图暂时打不开，位置仍可使用。', { id: 'map.broken' })}
      <button
        type="button"
        class="button quiet"
        @click=${() => {
          this.isBroken = false
          this.host.requestUpdate()
        }}
      >
        ${msg('重试', { id: 'common.retry' })}
      </button>
    </p>`
  }
}
