import type { IssueState } from '@minqing/core'
import { html, nothing, type TemplateResult } from 'lit'
import { addStyles } from '../../internal/lazy-styles.ts'
import { stateName } from '../../internal/issue-words.ts'
import { msg } from '../../internal/localize.ts'
import type { TrackerBody } from '../body.ts'
import type { IssueList } from '../model/list.ts'
import { boardStyles } from './board.styles.ts'
import { pill, rows } from './list.ts'
import { tabs, type Tab } from './tabs.ts'

const stateOf = (list: IssueList) => list.query.state as IssueState

/** Left and right go to the column beside, to the issue at the same height. */
function sideways(event: KeyboardEvent): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  const column = (event.target as Element).closest('.column')
  const item = (event.target as Element).closest('.item')
  if (!step || !column || !item) return
  const at = [...item.parentElement!.children].indexOf(item)
  const all = [...column.parentElement!.querySelectorAll('.column')]
  for (let to = all.indexOf(column) + step; all[to]; to += step) {
    const items = [...all[to]!.querySelectorAll<HTMLElement>('.open')]
    const open = items[Math.min(at, items.length - 1)]
    if (!open) continue
    event.preventDefault()
    return open.focus()
  }
}

/** The board: a column for each state. Where there is no room for them, one at a time with tabs. */
export function boardView(body: TrackerBody): TemplateResult {
  addStyles(body.element, boardStyles)
  const { controller } = body
  const { columns, counts } = controller
  const nobody = () => html`<p class="plain small">${msg('暂无', { id: 'tracker.none' })}</p>`
  const all: Tab<string>[] = columns.map((list, at) => ({
    key: `${at}`,
    name: stateName(stateOf(list)),
    count: counts?.states[stateOf(list)],
  }))
  const column = (list: IssueList) => {
    const state = stateOf(list)
    const name = stateName(state)
    return html`<section
      class="column"
      part="column"
      data-state=${state}
      id=${`column-${state}`}
      aria-label=${name}
      aria-busy=${list.loading}
    >
      <h2 class="head">
        <span>${name}</span><span class="count">${counts?.states[state] ?? list.items.length}</span>
      </h2>
      ${pill(list, () => void list.start())} ${rows(body, list, 3, nobody, name)}
    </section>`
  }
  if (body.isNarrow) {
    const shown = columns[body.column]
    const choose = (key: string) => {
      body.column = Number(key)
      body.redraw()
    }
    return html`${tabs(msg('按状态查看', { id: 'tracker.states' }), all, `${body.column}`, 'board', choose)}
      <div
        class="board one"
        part="board"
        id="board"
        role="tabpanel"
        aria-label=${all[body.column]?.name ?? ''}
      >
        ${shown ? column(shown) : nothing}
      </div>`
  }
  return html`<div
    class="board"
    part="board"
    tabindex="0"
    role="region"
    aria-label=${msg('事项看板', { id: 'tracker.board' })}
    @keydown=${sideways}
  >
    ${columns.map(column)}
  </div>`
}
