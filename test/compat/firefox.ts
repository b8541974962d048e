import { launch } from 'puppeteer-core'
import { findFirefox } from '../support/chromium.ts'
import { tellViolations, type Driver } from './driver.ts'

/** Firefox ESR over WebDriver BiDi. */
export async function startFirefox(): Promise<Driver> {
  const browser = await launch({
    browser: 'firefox',
    executablePath: await findFirefox(),
    headless: true,
    args: ['--width=1000', '--height=1200'],
  })
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.evaluateOnNewDocument(tellViolations)
  page.on('pageerror', (error) => complaints.push(String(error)))
  return {
    version: await browser.version(),
    complaints,
    async goto(url) {
      await page.goto(url, { waitUntil: 'load' })
    },
    evaluate: <T>(expression: string) => page.evaluate(expression) as Promise<T>,
    close: () => browser.close(),
  }
}
