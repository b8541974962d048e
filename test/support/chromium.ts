export { findChromium, findFirefox, findWholeChromium } from './browsers.ts'

/** How tests start Chromium: without a window, and without the traffic it makes on its own. */
export const chromiumArgs = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
