import { advise } from './advice.ts'
import { inTime, Late } from './in-time.ts'
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

/** A browser's own limit begins when the person has agreed; some WebViews never answer at all. */
const browserMs = 60_000

/** Why a device says nothing of its position: refused by a person or a policy, unknown to it, or too slow. */
export type NoPosition = 'refused' | 'unknown' | 'late'

const reasons: readonly NoPosition[] = ['unknown', 'refused', 'unknown', 'late']

/** The reason of a rejection of `position`. */
export const whyNot = (error: unknown): NoPosition =>
  error instanceof Late
    ? 'late'
    : (reasons[(error as Partial<GeolocationPositionError>).code ?? 0] ?? 'unknown')

/** Says what an integrator can mend. */
function adviseOnPage(): void {
  const policy = (document as { featurePolicy?: { allowsFeature(name: string): boolean } }).featurePolicy
  if (!isSecureContext) advise('browsers give no position to a page that is not loaded by https.')
  else if (policy && !policy.allowsFeature('geolocation'))
    advise(
      'the position is forbidden to this page; its Permissions-Policy has to allow geolocation, and a frame around it needs allow="geolocation".',
    )
}

const fromBrowser = (): Promise<Coordinates> =>
  new Promise((resolve, reject) => {
    if (!navigator.geolocation) return reject(new Error('This browser knows no position'))
    const fail = (error: unknown) => {
      if (whyNot(error) === 'refused') adviseOnPage()
      reject(error as Error)
    }
    navigator.geolocation.getCurrentPosition(({ coords }) => resolve(coords), fail, {
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
  return inTime(fromBrowser(), browserMs)
}
