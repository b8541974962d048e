import { diaryKinds, issueStates, noticeTypes } from '@minqing/core/wire'
import { configuration } from '../configure.ts'
import { scopeOf } from '../scope/find.ts'
import { advise } from './advice.ts'

/** The values of a property, and what stands in for any other: without it, the property is as if never set. */
type Choice = readonly [values: readonly string[], otherwise?: string]

const choices: Readonly<Record<string, Readonly<Record<string, Choice>>>> = {
  'mq-diary-composer': { kind: [diaryKinds, 'visit'] },
  'mq-diary-feed': { kind: [diaryKinds] },
  'mq-issue-tracker': {
    view: [['list', 'board'], 'list'],
    state: [[...issueStates, 'open', 'all'], 'open'],
    clock: [['breached', 'soon']],
    order: [['newest', 'priority', 'due'], 'newest'],
  },
  'mq-inbox': { type: [noticeTypes] },
}

/** What a value has to look like, and how that is said. */
type Shape = readonly [pattern: RegExp, words: string]

const shapes: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  'mq-diary-feed': { date: [/^(\d{4}-\d\d-\d\d|oldest)$/, 'it is a day like 2026-03-08, or oldest'] },
  'mq-issue-tracker': {
    category: [/^(\d\d){1,3}$/, 'a code has 2, 4 or 6 digits'],
    issue: [/^[0-9a-f-]{36}$/, 'it is the id of an issue'],
  },
}
const area: Shape = [/^\d{2,17}$/, 'an area code has 2 to 17 digits']

const isSet = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** Only said: an unknown theme matches no style, and an unknown language is taken for Chinese. */
const looks = { locale: ['zh-CN', 'en'], theme: ['light', 'dark', 'auto'] } as const

function checkLooks(where: string, source: { locale?: unknown; theme?: unknown }): void {
  for (const name of ['locale', 'theme'] as const) {
    const value = source[name]
    const known: readonly string[] = looks[name]
    if (isSet(value) && !known.includes(value))
      advise(`${where} has ${name} "${value}"; known are ${known.join(', ')}.`)
  }
}

/**
 * Looks at what a page has set on a widget. What is unknown is said, once, and left out, so that the widget shows what
 * it would without it.
 */
export function check(widget: Element): void {
  const tag = `<${widget.localName}>`
  const properties = widget as unknown as Record<string, unknown>
  for (const [name, [values, otherwise]] of Object.entries(choices[widget.localName] ?? {})) {
    const value = properties[name]
    if (!isSet(value) || values.includes(value)) continue
    advise(`${tag} has ${name} "${value}"; known are ${values.join(', ')}.`)
    properties[name] = otherwise
  }
  for (const [name, [pattern, words]] of Object.entries({ area, ...shapes[widget.localName] })) {
    const value = properties[name]
    if (!isSet(value) || pattern.test(value)) continue
    advise(`${tag} has ${name} "${value}"; ${words}.`)
    properties[name] = undefined
  }
  checkLooks(tag, properties)
  const scope = scopeOf(widget)
  if (scope) checkLooks('<mq-scope>', { locale: scope.getAttribute('locale') })
  checkLooks('configure()', configuration() ?? {})
}
