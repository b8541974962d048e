import { definePlugin, type HostPosition } from '@minqing/elements/plugins'

export interface BrowserOptions {
  /** Asks the satellites, too: slower, and heavier on the battery. True unless told. */
  precise?: boolean
  /** Milliseconds after which a position is given up; 15,000 unless told. */
  timeoutMs?: number
  /** Milliseconds for which an earlier position is good enough; 60,000 unless told. */
  maxAgeMs?: number
  /** What knows the position; the browser's own unless told. */
  geolocation?: Pick<Geolocation, 'getCurrentPosition'>
}

declare module '@minqing/elements/plugins' {
  interface MinqingPlugins {
    browser: BrowserOptions | undefined
  }
}

/** A plain browser, with another patience than the widgets have by themselves. */
export const browser = definePlugin<'browser', BrowserOptions | undefined>({
  name: 'browser',
  setup({ offer }, options = {}) {
    const { precise = true, timeoutMs = 15_000, maxAgeMs = 60_000 } = options
    const geolocation = options.geolocation ?? navigator.geolocation
    if (!geolocation) throw new Error('This browser knows no position.')
    offer(
      'locate',
      () =>
        new Promise<HostPosition>((resolve, reject) => {
          geolocation.getCurrentPosition(
            ({ coords: { longitude, latitude, accuracy } }) =>
              resolve({ longitude, latitude, accuracy, system: 'wgs84' }),
            (problem) => reject(new Error(problem.message, { cause: problem })),
            { enableHighAccuracy: precise, timeout: timeoutMs, maximumAge: maxAgeMs },
          )
        }),
    )
  },
})
