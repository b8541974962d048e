import { newId, type Client } from '@minqing/client'
import type { Issue, NewIssue, Role } from '@minqing/core/wire'
import '../../define/mq-issue-tracker.ts'
import { clientOf, officer, serverUrl, type Somebody } from '../../testing/server.ts'
import { until } from '../../testing/until.ts'
import type { MqIssueTracker } from '../issue-tracker.ts'

export const village = '330683100210'

const somebody = (name: string, title: string, role: Role, area: string, unit?: string): Somebody =>
  officer(area, { name, title, grants: [{ role, area, ...(unit ? { unit } : {}) }] })

/** Those between whom an issue goes to and fro; nobody else has these ids. */
export const cast = () => ({
  officer: somebody('陈立军', '驻村干部', 'villageOfficer', village),
  center: somebody('何静', '社会治理中心坐席', 'dispatcher', '330683'),
  housing: somebody('徐伟', '住建局经办', 'handler', '330683', 'zhujian'),
  traffic: somebody('马骏', '交通运输局经办', 'handler', '330683', 'jiaotong'),
  leader: somebody('周正平', '市领导', 'leader', '330683'),
  auditor: somebody('沈明', '审计员', 'auditor', '330683'),
})
export type Cast = ReturnType<typeof cast>

let made = 0
/** A word that stands in no other issue: what is searched by it is a list of the test's own. */
export const ownWord = (): string => `试${Date.now().toString(36)}${++made}`

const clients = new Map<string, Promise<Client>>()
/** What a person does elsewhere: on the server, by their own client, whose line is not that of the page. */
export const as = (person: Somebody): Promise<Client> => {
  if (!clients.has(person.sub))
    clients.set(person.sub, clientOf(person, { fetch: (input, init) => realFetch(input, init) }))
  return clients.get(person.sub)!
}

/** The first category of the finest level. */
export async function someCategory(center: Somebody): Promise<string> {
  const { items } = await (await as(center)).catalogue.categories({ county: '330683' })
  return items.find(({ code, active }) => active && code.length === 6)!.code
}

export const report = async (person: Somebody, text: string, more: Partial<NewIssue> = {}): Promise<Issue> =>
  (await as(person)).issues.create({ id: newId(), area: village, text, ...more })

/** Brings a new issue to the housing department, which works on it. */
export async function atWork(people: Cast, text: string, assist = false): Promise<Issue> {
  const { id, version } = await report(people.officer, text)
  const center = await as(people.center)
  const category = await someCategory(people.center)
  const triaged = await center.issues.triage({ id, category }, { version })
  const assists = assist ? { assists: [{ unit: 'jiaotong' }] } : {}
  const sent = await center.issues.dispatch(
    { id, lead: { unit: 'zhujian' }, ...assists },
    { version: triaged.version },
  )
  return (await as(people.housing)).issues.accept({ id }, { version: sent.version })
}

export const tokenUrl = (person: Somebody): string =>
  `/__token?claims=${encodeURIComponent(JSON.stringify(person))}`

const opened: HTMLElement[] = []
const realFetch = window.fetch
afterEach(() => {
  window.fetch = realFetch
  for (const tracker of opened.splice(0)) tracker.remove()
  history.replaceState(null, '', location.pathname + location.search)
  scrollTo(0, 0)
})

/** A tracker in the page as somebody sees it; it is taken away after the test. */
export async function openTracker(
  person: Somebody,
  attributes: Record<string, string> = {},
  width = 0,
): Promise<MqIssueTracker> {
  const tracker = document.createElement('mq-issue-tracker')
  const all = { 'base-url': await serverUrl(), 'token-url': tokenUrl(person), ...attributes }
  for (const [name, value] of Object.entries(all)) tracker.setAttribute(name, value)
  if (width) tracker.style.setProperty('width', `${width}px`)
  document.body.append(tracker)
  opened.push(tracker)
  return tracker
}

/** Cuts the page off from the server, as far as `fetch` goes, until it is mended or the test is over. */
export function cutLine(): { mend(): void } {
  window.fetch = () => Promise.reject(new TypeError('Failed to fetch'))
  return {
    mend() {
      window.fetch = realFetch
      dispatchEvent(new Event('online'))
    },
  }
}

type Within = MqIssueTracker | HTMLElement
const rootOf = (within: Within) => within.shadowRoot ?? within

export const part = <E extends HTMLElement = HTMLElement>(within: Within, selector: string): Promise<E> =>
  until(() => rootOf(within).querySelector<E>(selector), selector)

export const rows = (tracker: MqIssueTracker): HTMLElement[] => [
  ...tracker.shadowRoot!.querySelectorAll<HTMLElement>('.item'),
]

export const rowSaying = (tracker: MqIssueTracker, text: string): Promise<HTMLElement> =>
  until(() => rows(tracker).find((row) => row.textContent.includes(text)), `a row saying ${text}`)

export const buttons = (within: Within): HTMLButtonElement[] => [...rootOf(within).querySelectorAll('button')]
const nameOf = (button: HTMLElement) =>
  (button.getAttribute('aria-label') ?? button.textContent).replace(/\s+/g, ' ').trim()

/** Waits for a button whose name begins so, and presses it. */
export async function press(within: Within, name: string): Promise<HTMLElement> {
  const button = await until(
    () => buttons(within).find((one) => nameOf(one).startsWith(name)),
    `a button ${name}`,
  )
  button.click()
  return button
}

/** The names of all that the person is offered for the opened issue. */
export async function offered(tracker: MqIssueTracker): Promise<string[]> {
  const bar = await part(tracker, '.actions')
  const more = bar.querySelector<HTMLElement>('.more')
  if (more && more.getAttribute('aria-expanded') === 'false') {
    more.click()
    await until(() => bar.querySelector('.menu'))
  }
  const names = [...bar.querySelectorAll<HTMLElement>('[data-deed]')].map((one) => one.dataset['deed']!)
  if (more) more.click()
  return names.sort()
}

/** Opens the form of an action and gives its dialog. */
export async function act(tracker: MqIssueTracker, deed: string): Promise<HTMLElement> {
  const bar = await part(tracker, '.actions')
  if (!bar.querySelector(`[data-deed="${deed}"]`)) {
    ;(await part(bar, '.more')).click()
  }
  ;(await part(bar, `[data-deed="${deed}"]`)).click()
  return part(tracker, 'dialog[open]')
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** Fills in a control as a person would leave it: value and events. */
export function fill(control: Control, value: string): void {
  control.value = value
  control.dispatchEvent(new Event('input', { bubbles: true }))
  control.dispatchEvent(new Event('change', { bubbles: true }))
}
export const fillIn = async (dialog: HTMLElement, field: string, value: string): Promise<void> =>
  fill(
    await part<HTMLElement & Control>(dialog, `[data-field="${field}"] :is(textarea, select, input)`),
    value,
  )

/** Chooses a radio by the text beside it. */
export async function choose(dialog: HTMLElement, field: string, name: string): Promise<void> {
  const labels = () => [...dialog.querySelectorAll<HTMLElement>(`[data-field="${field}"] label`)]
  const label = await until(() => labels().find((one) => one.textContent.trim().startsWith(name)), name)
  label.querySelector('input')!.click()
}

/** Presses the form's last button. */
export const submit = (dialog: HTMLElement): void =>
  dialog.querySelector<HTMLElement>('[type=submit]')!.click()

/**
 * Waits until the form is gone. Where it says that the issue has changed meanwhile it is submitted once more, as it asks:
 * what a colleague has just done may be in the timeline before the issue itself has been read again.
 */
export const done = (tracker: MqIssueTracker): Promise<unknown> => {
  let isRepeated = false
  return until(() => {
    const form = tracker.shadowRoot!.querySelector<HTMLElement>('mq-issue-dialog')
    if (form && !isRepeated && form.querySelector('[role=alert]')?.textContent.includes('请核对后再次提交')) {
      isRepeated = true
      submit(form)
    }
    return !form
  }, 'the form to close')
}

/** Waits until the opened issue is in the state with that name. */
export const inState = (tracker: MqIssueTracker, name: string): Promise<unknown> =>
  until(() => rootOf(tracker).querySelector('.detail .badge')?.textContent.includes(name), `state ${name}`)
