import type { Client } from '@minqing/client'
import { newId } from '@minqing/client'
import type { Diary, NewDiary } from '@minqing/core/wire'
import '../../define/mq-diary-feed.ts'
import { clientOf, officer, serverUrl, type Somebody } from '../../testing/server.ts'
import { until } from '../../testing/until.ts'
import type { MqDiaryFeed } from '../diary-feed.ts'

let made = 0

/** A tag that nobody else uses: what is filtered by it is a list of the test's own. */
export const ownTag = (): string => `测${Date.now().toString(36)}${++made}`

/** Somebody with a client, who writes diaries of their own. */
export interface Writer {
  person: Somebody
  client: Client
  write(text: string, more?: Partial<NewDiary>): Promise<Diary>
}

/** A writer in a real village of the county. */
export async function writer(more: Partial<Somebody> = {}): Promise<Writer> {
  const area = await village()
  const person = officer(area, more)
  const client = await clientOf(person)
  const write = (text: string, diary: Partial<NewDiary> = {}) =>
    client.diaries.create({ id: newId(), area, kind: 'visit', text, ...diary })
  return { person, client, write }
}

let first: Promise<string> | undefined

/** The first village of the county's first town. */
export const village = (): Promise<string> =>
  (first ??= (async () => {
    const client = await clientOf(officer('330683'))
    const towns = (await client.areas.children({ code: '330683' })).items
    const villages = (await client.areas.children({ code: towns[0]!.code })).items
    await client.close()
    return villages[0]!.code
  })())

/** Where a person's tokens come from. */
export const tokenUrl = (person: Somebody): string =>
  `/__token?claims=${encodeURIComponent(JSON.stringify(person))}`

/** A feed in the page as somebody sees it; it is taken away after the test. */
export async function openFeed(
  person: Somebody,
  attributes: Record<string, string> = {},
  parent: HTMLElement = document.body,
): Promise<MqDiaryFeed> {
  const feed = document.createElement('mq-diary-feed')
  const all = { 'base-url': await serverUrl(), 'token-url': tokenUrl(person), area: '330683', ...attributes }
  for (const [name, value] of Object.entries(all)) feed.setAttribute(name, value)
  parent.append(feed)
  opened.push(feed)
  return feed
}

/** Cuts the page off from the server, as far as `fetch` goes, until it is mended or the test is over. */
export function cutLine(): { mend(): void } {
  window.fetch = () => Promise.reject(new TypeError('Failed to fetch'))
  const mend = () => {
    window.fetch = realFetch
    dispatchEvent(new Event('online'))
  }
  return { mend }
}

const realFetch = window.fetch
const opened: HTMLElement[] = []
afterEach(() => {
  window.fetch = realFetch
  for (const feed of opened.splice(0)) feed.remove()
  scrollTo(0, 0)
})

export const cards = (feed: MqDiaryFeed): HTMLElement[] => [...feed.shadowRoot!.querySelectorAll('article')]

/** Waits for a card that says the text. */
export const cardSaying = (feed: MqDiaryFeed, text: string): Promise<HTMLElement> =>
  until(() => cards(feed).find((card) => card.textContent.includes(text)), `a card saying ${text}`)

/** Waits until no card says the text. */
export const noCardSaying = (feed: MqDiaryFeed, text: string): Promise<unknown> =>
  until(() => !cards(feed).some((card) => card.textContent.includes(text)), `no card saying ${text}`)

/** Waits for an element of the feed. */
export const part = <E extends HTMLElement = HTMLElement>(
  within: MqDiaryFeed | HTMLElement,
  selector: string,
): Promise<E> => until(() => (within.shadowRoot ?? within).querySelector<E>(selector), selector)

/** Waits for a button with the name, and presses it. */
export async function press(within: MqDiaryFeed | HTMLElement, name: string): Promise<HTMLElement> {
  const root = within.shadowRoot ?? within
  const button = await until(
    () => [...root.querySelectorAll('button')].find((one) => one.textContent.trim().startsWith(name)),
    `a button ${name}`,
  )
  button.click()
  return button
}

/** Types into a field as a person would leave it: value and event. */
export function fill(field: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  field.value = value
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

/** Waits until the feed says it is not busy. */
export const settled = (feed: MqDiaryFeed): Promise<unknown> =>
  until(() => feed.shadowRoot?.querySelector('[role=feed][aria-busy=false]'), 'the feed to settle')
