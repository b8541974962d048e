import type { DictationEnd, HostServices } from '../plugins.ts'

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
