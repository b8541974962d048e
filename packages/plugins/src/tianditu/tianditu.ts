import { definePlugin, type MapTiles } from '@minqing/elements/plugins'

export interface TiandituOptions {
  /** Key of the integrator, of the kind for browsers, bound to the portal's domain. */
  tk: string
  /** Address of the services, with `{s}` for a subdomain if there are several: a county's own mirror in a closed network. */
  baseUrl?: string
  /** What `{s}` may be; `0` to `7` unless told. */
  subdomains?: readonly string[]
  /** How the map names its owner: `天地图` unless told. The number of its approval belongs here. */
  attribution?: string
  /** Offers the satellite pictures as well; true unless told. */
  satellite?: boolean
}

declare module '@minqing/elements/plugins' {
  interface MinqingPlugins {
    tianditu: TiandituOptions
  }
}

const official = 'https://t{s}.tianditu.gov.cn'

/**
 * 天地图, the map of the state: streets (`vec` under `cva`) and satellite pictures (`img` under `cia`) on the Web
 * Mercator grid (`w`), by WMTS in its key-value form.
 *
 * It goes by CGCS2000, which is WGS 84 up to some centimeters: unlike on other Chinese maps nothing is shifted.
 */
export const tianditu = definePlugin<'tianditu', TiandituOptions>({
  name: 'tianditu',
  setup({ offer, warn }, options) {
    const { tk, baseUrl = official, attribution = '天地图', satellite = true } = options ?? {}
    const { subdomains = ['0', '1', '2', '3', '4', '5', '6', '7'] } = options ?? {}
    if (!tk) return warn('it needs the key tk; no map is shown.')
    const tiles = (layer: string): MapTiles => {
      const asks = `SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles`
      const at = `TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=${encodeURIComponent(tk)}`
      const url = `${baseUrl.replace(/\/+$/, '')}/${layer}_w/wmts?${asks}&${at}`
      return { url, subdomains, minZoom: 1, maxZoom: 18 }
    }
    offer('map', {
      layers: [
        { kind: 'streets', tiles: [tiles('vec'), tiles('cva')] },
        ...(satellite ? [{ kind: 'satellite' as const, tiles: [tiles('img'), tiles('cia')] }] : []),
      ],
      attribution,
      system: 'wgs84',
    })
  },
})
