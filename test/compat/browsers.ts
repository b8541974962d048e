import { findWholeChromium } from '../support/chromium.ts'
import { startChromium, startPacked } from './chromium.ts'
import type { Driver } from './driver.ts'

/** A column of the matrix. */
export interface Browser {
  readonly name: string
  /** What its driver has to say of itself. */
  readonly version: RegExp
  start(): Promise<Driver>
}

/** The oldest that we promise: the kernels of 360, UOS and WeChat. */
export const chromium86: Browser = {
  name: 'Chromium 86',
  version: /^Chromium 86\./,
  start: () => startPacked('chrome-aws-lambda', 'chromium-86'),
}

export const firefox: Browser = {
  name: 'Firefox ESR',
  version: /firefox\/\d+/i,
  // Its driver is a large library, which the tests of a Chromium need not load.
  start: async () => (await import('./firefox.ts')).startFirefox(),
}

/** All that the matrix looks at. */
export const browsers: readonly Browser[] = [
  chromium86,
  {
    name: 'Chromium 107',
    version: /^Chromium 107\./,
    start: () => startPacked('@sparticuz/chromium', 'chromium-107'),
  },
  {
    name: 'Chromium',
    version: /^Chromium \d{3}\./,
    start: async () => startChromium(await findWholeChromium()),
  },
  firefox,
]
