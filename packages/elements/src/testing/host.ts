import { definePlugin, use, type DictationEnd, type HostServices } from '../plugins.ts'

const stops: (() => Promise<void>)[] = []
/** A host that offers these, until it is stopped or left. */
export const hostWith = async (offers: Partial<HostServices>) => {
  const host = definePlugin({
    name: 'host',
    setup: ({ offer }) => {
      for (const name of Object.keys(offers) as (keyof HostServices)[]) offer(name, offers[name] as never)
    },
  })
  const stop = await use(host)
  stops.push(stop)
  return stop
}

/** Stops all hosts, and gives the browser its own position back. */
export async function leaveHosts(): Promise<void> {
  for (const stop of stops.splice(0)) await stop()
  Reflect.deleteProperty(navigator, 'geolocation')
}

/** The world's own position, or the code of why there is none. */
export const browserIs = (here: { longitude: number; latitude: number } | { code: number }) =>
  Object.defineProperty(navigator, 'geolocation', {
    configurable: true,
    value: {
      getCurrentPosition: (found: (position: object) => void, failed: (problem: object) => void) =>
        'code' in here ? failed(here) : found({ coords: here }),
    },
  })

/** A transparent pixel, shown as every tile. */
export const pixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'

export const mapOf = (url: string, system: 'wgs84' | 'gcj02'): HostServices['map'] => ({
  layers: [{ kind: 'streets', tiles: [{ url }] }],
  attribution: '本县地图',
  system,
})

/** One who writes down what the test says. */
export function listener() {
  let tell: ((words: string, isFinal: boolean) => void) | undefined
  let end: ((how: DictationEnd) => void) | undefined
  const dictate: HostServices['dictate'] = ({ heard }) => {
    tell = heard
    const ended = new Promise<DictationEnd>((resolve) => (end = resolve))
    return { ended, stop: () => end!('stopped') }
  }
  return {
    dictate,
    says: (words: string, isFinal = true) => tell!(words, isFinal),
    ends: (how: DictationEnd) => end!(how),
  }
}
