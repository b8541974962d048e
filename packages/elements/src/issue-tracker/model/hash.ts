import { issueStates, type IssueState } from '@minqing/core/wire'
import type { TrackerView } from './view.ts'

/** What the address keeps: the view, and the issue that is open. */
export interface Kept extends TrackerView {
  issue?: string
}

const prefix = 'mq-'
const names = [
  'view',
  'state',
  'category',
  'unit',
  'clock',
  'asked',
  'supervised',
  'mine',
  'q',
  'order',
  'issue',
] as const
const isOurs = (piece: string) => names.some((name) => piece.split('=')[0] === prefix + name)
const piecesOf = (hash: string) => hash.replace(/^#/, '').split('&').filter(Boolean)

const defaults: TrackerView = { view: 'list', state: 'open', order: 'newest' }

/** The address with our part replaced; what the host keeps there stays as it is, to the letter. */
export function writeHash(hash: string, kept: Kept): string {
  const ours = names.flatMap((name) => {
    const value = kept[name]
    if (!value || (name in defaults && defaults[name as keyof TrackerView] === value)) return []
    return `${prefix}${name}=${value === true ? 'yes' : encodeURIComponent(value)}`
  })
  const all = [...piecesOf(hash).filter((piece) => !isOurs(piece)), ...ours]
  return all.length ? `#${all.join('&')}` : ''
}

const oneOf = <T extends string>(value: string | null, words: readonly T[]): T | undefined =>
  words.find((word) => word === value)

/** Our part of an address; `undefined` when it has none. Words that we do not know are left out: anybody can write there. */
export function readHash(hash: string): Kept | undefined {
  const ours = piecesOf(hash).filter(isOurs)
  if (!ours.length) return undefined
  const all = new URLSearchParams(ours.join('&'))
  const get = (name: (typeof names)[number]) => all.get(prefix + name)
  const text = (name: (typeof names)[number], shape: RegExp) => {
    const value = get(name)
    return value && shape.test(value) ? value : undefined
  }
  return {
    view: oneOf(get('view'), ['list', 'board'] as const) ?? defaults.view,
    state:
      oneOf(get('state'), [...issueStates, 'open', 'all'] as (IssueState | 'open' | 'all')[]) ??
      defaults.state,
    category: text('category', /^(\d\d){1,3}$/),
    unit: text('unit', /^[\w-]{1,64}$/),
    clock: oneOf(get('clock'), ['breached', 'soon'] as const),
    asked: get('asked') === 'yes',
    supervised: get('supervised') === 'yes',
    mine: get('mine') === 'yes',
    q: text('q', /\S/)?.slice(0, 50),
    order: oneOf(get('order'), ['newest', 'priority', 'due'] as const) ?? defaults.order,
    issue: text('issue', /^[0-9a-f-]{36}$/),
  }
}
