import { service, type CoordinateSystem, type HostPosition } from './services.ts'

/** WGS 84 degrees, as the server stores them. */
export interface Coordinates {
  longitude: number
  latitude: number
}

/** A host that never answers must not hold the person up. */
const hostMs = 20_000

/** Its types know only the CommonJS build, whose default export lies one deeper than in the one that bundlers take. */
async function converter() {
  const { default: loaded } = await import('gcoord')
  return 'default' in loaded ? loaded.default : (loaded as unknown as (typeof loaded)['default'])
}

/** The same place in another system; what converts is loaded only when there is something to do. */
export async function convert(
  { longitude, latitude }: Coordinates,
  from: CoordinateSystem,
  to: CoordinateSystem,
): Promise<Coordinates> {
  if (from === to) return { longitude, latitude }
  const gcoord = await converter()
  const names = { wgs84: gcoord.WGS84, gcj02: gcoord.GCJ02, bd09: gcoord.BD09 }
  const [x, y] = gcoord.transform([longitude, latitude], names[from], names[to])
  return { longitude: x, latitude: y }
}

async function toWgs84(position: HostPosition): Promise<Coordinates> {
  const { longitude, latitude, system } = position
  const isPlace = Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90
  if (!isPlace) throw new Error(`The host gave no position on earth: ${longitude}, ${latitude}`)
  return convert(position, system, 'wgs84')
}

function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The host did not answer in time')), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

const fromBrowser = (): Promise<Coordinates> =>
  new Promise((resolve, reject) => {
    if (!navigator.geolocation) return reject(new Error('This browser knows no position'))
    navigator.geolocation.getCurrentPosition(({ coords }) => resolve(coords), reject, {
      enableHighAccuracy: true,
      timeout: 15_000,
      maximumAge: 60_000,
    })
  })

/**
 * Where the device is: the host is asked first, then the browser. Rejects when neither knows.
 *
 * @param onRefused the host had no answer; the browser is asked now
 */
export async function position(onRefused: () => void): Promise<Coordinates> {
  const locate = service('locate')
  if (locate) {
    try {
      return await inTime(locate().then(toWgs84), hostMs)
    } catch (error) {
      console.warn('minqing: the host could not tell the position; the browser is asked instead.', error)
      onRefused()
    }
  }
  return fromBrowser()
}
