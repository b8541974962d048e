import type { IssueCounts } from '@minqing/core'
import { issueStates, type IssueState } from '@minqing/core/wire'
import { html, nothing, type TemplateResult } from 'lit'
import { stateName } from '../../internal/issue-words.ts'
import { msg } from '../../internal/localize.ts'

/** One tab: what it stands for, its name, and how many there are. */
export interface Tab<K> {
  key: K
  name: string
  /** `undefined` while it is not known, and absent where nothing is counted. */
  count?: number | undefined
}

/** The room of a number that is still to come, so that no tab moves when it does. */
const countOf = (tab: object & { count?: number | undefined }): TemplateResult | typeof nothing =>
  'count' in tab
    ? html` <span class=${tab.count === undefined ? 'room' : 'count'}>${tab.count ?? 0}</span>`
    : nothing

/** The order in which an issue goes its way, with what is beside the way at the end. */
const order: readonly IssueState[] = [
  ...issueStates.filter((state) => state !== 'closed' && state !== 'merged'),
  'merged',
  'closed',
]

export function stateTabs(counts: IssueCounts | undefined): Tab<IssueState | 'open' | 'all'>[] {
  const states = counts?.states
  const open = states && issueStates.reduce((sum, state) => sum + (state === 'closed' ? 0 : states[state]), 0)
  return [
    { key: 'open', name: msg('未办结', { id: 'tracker.open' }), count: open },
    ...order.map((state) => ({ key: state, name: stateName(state), count: states?.[state] })),
    { key: 'all', name: msg('全部', { id: 'tracker.all' }) },
  ]
}

/** A row of tabs: arrow keys go from one to the next, as is usual for tabs. */
export function tabs<K extends string>(
  name: string,
  all: readonly Tab<K>[],
  chosen: K,
  panel: string,
  choose: (key: K) => void,
): TemplateResult {
  const key = (event: KeyboardEvent) => {
    const at = all.findIndex((tab) => tab.key === chosen)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = all[(to + all.length) % all.length]!
    choose(next.key)
    const list = event.currentTarget as HTMLElement
    list.querySelector<HTMLElement>(`[data-key="${next.key}"]`)?.focus()
  }
  return html`<div class="tabs" part="tabs" role="tablist" aria-label=${name} @keydown=${key}>
    ${all.map(
      (tab) =>
        html`<button
          class="tab"
          part="tab"
          role="tab"
          data-key=${tab.key}
          aria-selected=${tab.key === chosen}
          aria-controls=${panel}
          tabindex=${tab.key === chosen ? 0 : -1}
          @click=${() => choose(tab.key)}
        >
          ${tab.name}${countOf(tab)}
        </button>`,
    )}
  </div>`
}
