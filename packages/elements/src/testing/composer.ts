import { fixture, html } from '@open-wc/testing'
import { openDB } from 'idb'
import { configure } from '../configure.ts'
import type { MqDiaryComposer } from '../diary-composer/diary-composer.ts'
import '../define/mq-diary-composer.ts'
import { serverUrl, tokenOf, type Somebody } from './server.ts'
import { until } from './until.ts'

/** A line that a test can cut, as a tunnel or a mountain does: every request then fails as a network does. */
export class Line {
  isCut = false
  readonly fetch: typeof fetch = (...request) =>
    this.isCut ? Promise.reject(new TypeError('Failed to fetch')) : fetch(...request)
}

/** A composer of somebody, ready to write. */
export async function composerOf(
  person: Somebody,
  { area = '', line = new Line(), ready = true }: { area?: string; line?: Line; ready?: boolean } = {},
): Promise<MqDiaryComposer> {
  configure({
    baseUrl: await serverUrl(),
    getToken: () => (line.isCut ? Promise.reject(new TypeError('Failed to fetch')) : tokenOf(person)),
    fetch: line.fetch,
  })
  const composer = await fixture<MqDiaryComposer>(
    area
      ? html`<mq-diary-composer area=${area}></mq-diary-composer>`
      : html`<mq-diary-composer></mq-diary-composer>`,
  )
  if (ready) await until(() => composer.flow, 'the composer to know who writes')
  await composer.updateComplete
  return composer
}

/** Looks into the composer as a person does. */
export const parts = (composer: MqDiaryComposer) => {
  const one = <E extends HTMLElement = HTMLElement>(selector: string): E | null =>
    composer.renderRoot.querySelector<E>(selector)
  const button = (label: string) =>
    [...composer.renderRoot.querySelectorAll('button')].find(
      (found) => (found.getAttribute('aria-label') ?? found.textContent?.trim()) === label,
    )
  return {
    one,
    button,
    text: one<HTMLTextAreaElement>('textarea')!,
    status: () => one('[role=status]')?.textContent?.replace(/\s+/g, ' ').trim() ?? '',
    alert: () => one('[role=alert]')?.textContent?.replace(/\s+/g, ' ').trim() ?? '',
    /** Presses the button with that label once it is there. */
    press: async (label: string) => (await until(() => button(label), `the button ${label}`)).click(),
    entries: () => [...composer.renderRoot.querySelectorAll<HTMLElement>('.waiting li')],
  }
}

/** Puts text into the field as typing does. */
export async function type(composer: MqDiaryComposer, text: string): Promise<void> {
  const field = parts(composer).text
  field.value = text
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
  await composer.updateComplete
}

/** Resolves with the next event of the type. */
export const next = <E extends Event>(target: EventTarget, type: string): Promise<E> =>
  new Promise((resolve) => target.addEventListener(type, (event) => resolve(event as E), { once: true }))

/** Empties a store of the drafts' database: as on a device that nobody has written on. */
export async function forgetPeople(): Promise<void> {
  const db = await openDB('mq-drafts')
  if (db.objectStoreNames.contains('people')) await db.clear('people')
  db.close()
}

/** Picks files as a person does in the file dialog, and waits until they are taken in. */
export async function pick(composer: MqDiaryComposer, files: File[], taken = files.length): Promise<void> {
  const input = parts(composer).one<HTMLInputElement>('input[type=file]')!
  const transfer = new DataTransfer()
  for (const file of files) transfer.items.add(file)
  input.files = transfer.files
  const before = composer.draft.photos.length
  input.dispatchEvent(new Event('change'))
  await until(() => composer.draft.photos.length === before + taken, `${taken} photos`)
  await composer.updateComplete
}
