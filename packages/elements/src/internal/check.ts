import { diaryKinds, issueStates, noticeTypes } from '@minqing/core/wire'
import { configuration } from '../configure.ts'
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
  const { area } = properties
  if (isSet(area) && !/^\d{2,17}$/.test(area)) {
    advise(`${tag} has area "${area}"; an area code has 2 to 17 digits.`)
    properties['area'] = undefined
  }
  checkLooks(tag, properties)
  checkLooks('configure()', configuration() ?? {})
}
