import type { AtRest } from '@minqing/client'
import { changed, configuration, configure, type Configuration } from '../configure.ts'
import type { Dictate } from './dictation/dictate.ts'
import type { HostMap } from './map/host-map.ts'

/** WGS 84 is what the server stores; GCJ-02 and BD-09 are the shifted systems of Chinese maps. */
export type CoordinateSystem = 'wgs84' | 'gcj02' | 'bd09'

/** Where the device is: degrees in the system named, accuracy in meters where it is known. */
export interface HostPosition {
  longitude: number
  latitude: number
  accuracy?: number
  system: CoordinateSystem
}

/** What the portal's back end exchanges for a token: a one-time code of the host, and whose it is. */
export interface Assertion {
  /** `zhezhengding`, `zheliban`, … */
  provider: string
  code: string
}

/** A `fetch` that goes the host's way; one that cannot stream says so, and live events are then asked for. */
export type Transport = typeof fetch & { readonly streams?: boolean }

/** What a host may offer. All of it is optional: what is missing, the browser does itself. */
export interface HostServices {
  signIn: () => Promise<Assertion>
  locate: () => Promise<HostPosition>
  /** At most `max` photos, from the camera alone if so asked. An empty list: the person changed their mind. */
  pickPhotos: (how: { max: number; camera: boolean }) => Promise<File[]>
  transport: Transport
  style: { elder?: boolean; theme?: 'auto' | 'light' | 'dark' }
  /** Shows the text over the page; gives the way to take it away. */
  watermark: (what: { text: string }) => () => void
  /** Tiles on which places are shown and corrected. */
  map: HostMap
  /** Writes down what is spoken. */
  dictate: Dictate
  /** Seals what the widgets keep on this device. */
  atRest: AtRest
  /** Leaves the page, back to the host. */
  close: () => void | Promise<void>
}
export type ServiceName = keyof HostServices

type Offer<N extends ServiceName> = { readonly implementation: HostServices[N] }

/** For each service its offers, the last of which holds. */
const offers: { [N in ServiceName]?: Offer<N>[] } = {}
/** What the page had said itself before services went over it. */
const before: Partial<Record<keyof Configuration, unknown>> = {}
const set: Partial<Record<keyof Configuration, unknown>> = {}
/** What a page means that says nothing; widgets keep what they were told last. */
const unsaid = { fetch: undefined, elder: false, theme: 'auto' } as const

/** The implementation that holds now, if any host offers one. */
export function service<N extends ServiceName>(name: N): HostServices[N] | undefined {
  const all = offers[name] as Offer<N>[] | undefined
  return all?.[all.length - 1]?.implementation
}

const listeners = new Set<() => void>()

/** Tells that services have come or gone, until the returned function is called. */
export function onServices(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Lets a service speak for the page: the page's own word comes back when no service says anything. */
function say<K extends 'fetch' | 'elder' | 'theme'>(key: K, value: Configuration[K] | undefined): void {
  const page = configuration()
  // taken down: to say something would bring the widgets back
  if (!page) return
  const now = page[key]
  if (!(key in set)) {
    if (value === undefined) return
    before[key] = now
  } else if (now !== set[key]) {
    // The page has said something else since then: that is what comes back.
    before[key] = now
  }
  if (value === undefined) delete set[key]
  else set[key] = value
  configure({ [key]: value ?? before[key] ?? unsaid[key] })
}

function apply(name: ServiceName): void {
  if (name === 'transport') say('fetch', service('transport'))
  if (name === 'style') {
    const { elder, theme } = service('style') ?? {}
    say('elder', elder)
    say('theme', theme)
  }
  // Widgets take another client, and stores that seal as it does.
  if (name === 'atRest') changed()
  if (name === 'pickPhotos') watchPickers(service('pickPhotos') !== undefined)
  listeners.forEach((listener) => listener())
}

let forgetPickers: Promise<() => void> | undefined

/** File inputs are watched only while a host picks photos. */
function watchPickers(wanted: boolean): void {
  if (typeof document === 'undefined' || wanted === (forgetPickers !== undefined)) return
  if (wanted) {
    // Without it the browser goes on picking by itself.
    forgetPickers = import('./photos/host-picker.ts').then(
      ({ watch }) => watch(),
      (error: unknown) => {
        console.warn('minqing: the way to the photos of the host could not be loaded', error)
        return () => undefined
      },
    )
  } else {
    void forgetPickers?.then((forget) => forget())
    forgetPickers = undefined
  }
}

/** Offers a service over those that came before; the returned function takes it back, once. */
export function offer<N extends ServiceName>(name: N, implementation: HostServices[N]): () => void {
  const one: Offer<N> = { implementation }
  const all = ((offers[name] as Offer<N>[] | undefined) ?? []) as Offer<N>[]
  ;(offers as Record<N, Offer<N>[]>)[name] = all
  all.push(one)
  apply(name)
  return () => {
    const at = all.indexOf(one)
    if (at < 0) return
    all.splice(at, 1)
    apply(name)
  }
}
