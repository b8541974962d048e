import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import type { PersonName } from '../e2e/support/host.ts'
import { startWorld, type World } from '../e2e/support/world.ts'
import type { Browser } from './browsers.ts'
import { until, type Driver } from './driver.ts'
import { startLine, type Line } from './line.ts'

/** One world and one browser, which all checks of that browser share, and the line between them. */
export interface Stage {
  readonly world: World
  readonly driver: Driver
  readonly line: Pick<Line, 'url'>
  /** Which of the browser's complaints came while the line was cut: from the first, up to the second. */
  readonly cuts: readonly (readonly [from: number, to: number])[]
  /** From now on nothing answers. */
  cut(): void
  mend(): Promise<void>
  close(): Promise<void>
}

/** Starts it all; the portal takes the widgets, and they their data, through the line. */
export async function setStage(browser: Browser): Promise<Stage> {
  const world = await startWorld({ anonymousReports: true, issues: 0 })
  const line = await startLine(world.server.url)
  world.host.serve(line.url)
  const driver = await browser.start().catch(async (error: unknown) => {
    await line.close()
    await world.close()
    throw error
  })
  const cuts: [from: number, to: number][] = []
  return {
    ...{ world, driver, line, cuts },
    cut() {
      cuts.push([driver.complaints.length, Infinity])
      line.cut()
    },
    async mend() {
      // What the browser has said until now has arrived when this is answered.
      await driver.evaluate('true')
      cuts[cuts.length - 1]![1] = driver.complaints.length
      line.mend()
    },
    async close() {
      await driver.close()
      await line.close()
      await world.close()
    },
  }
}

/** Runs in the page, once it is there: what a person does with their hands. */
const hands = `
  globalThis.part = (tag) => document.querySelector(tag).shadowRoot
  globalThis.type = (field, text) => {
    if (!field) return false
    field.value = text
    return field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
  }
  globalThis.choose = (select, value) => {
    if (!select || ![...select.options].some((one) => one.value === value)) return false
    select.value = value
    return select.dispatchEvent(new Event('change', { bubbles: true }))
  }
  globalThis.withText = (root, selector, text) =>
    [...root.querySelectorAll(selector)].find((one) => one.textContent.includes(text))
  globalThis.click = (element) => {
    if (element) element.click()
    return Boolean(element)
  }
  globalThis.press = (root, name) =>
    click([...root.querySelectorAll('button')].find((one) => one.textContent.trim().startsWith(name)))
  globalThis.addPhoto = async (input) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 900, height: 600 })
    const context = canvas.getContext('2d')
    context.fillStyle = '#277'
    context.fillRect(0, 0, 900, 600)
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg'))
    const files = new DataTransfer()
    files.items.add(new File([blob], 'photo.jpg', { type: 'image/jpeg' }))
    input.files = files.files
    input.dispatchEvent(new Event('change'))
  }
  globalThis.isOnTop = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    const hit = element.getRootNode().elementFromPoint(left + width / 2, top + height / 2)
    return element.contains(hit)
  }
  globalThis.isOnScreen = (element) => {
    const { left, top, right, bottom, width, height } = element.getBoundingClientRect()
    return width > 0 && height > 0 && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
  }
  true`

export const unique = (text: string) => `${text} ${randomBytes(4).toString('hex')}`
export const quoted = JSON.stringify

/** Opens the portal as somebody with these tags, and waits until all of them are elements. */
export async function open({ world, driver }: Stage, as: PersonName, widgets?: string): Promise<void> {
  await driver.goto(world.host.page(as, widgets))
  await until(
    driver,
    `document.body && ![...document.body.children].some((one) => !one.shadowRoot)`,
    'widgets',
  )
  await driver.evaluate(hands)
}

/** Nothing is cut off at the side. */
export async function fits({ driver }: Stage): Promise<void> {
  const [content, room] = await driver.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, innerWidth]',
  )
  assert.ok(content <= room, `${content} px in ${room} px`)
}
