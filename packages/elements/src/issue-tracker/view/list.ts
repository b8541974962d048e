import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { msg, str } from '../../internal/localize.ts'
import { sentenceOf } from '../../internal/problem-text.ts'
import type { TrackerBody } from '../body.ts'
import type { IssueList } from '../model/list.ts'
import { emptyFace, errorFace } from './faces.ts'
import { row } from './row.ts'
import { skeleton } from './skeleton.ts'
import { stateTabs, tabs } from './tabs.ts'

/** Arrow keys go from issue to issue, as in a mailbox. */
export function walk(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const item = (event.target as Element).closest('.item')
  if (!step || !item) return
  const next = step > 0 ? item.nextElementSibling : item.previousElementSibling
  const open = next?.querySelector<HTMLElement>('.open')
  if (!open) return
  event.preventDefault()
  open.focus()
}

/** Tells of issues that wait above instead of moving what is being read. */
export const pill = (list: IssueList, again: () => void): TemplateResult =>
  html`<div class="pill" role="status">
    ${
      list.waiting.size || list.gone.size
        ? html`<button class="button" part="pill" @click=${again}>
            ${
              list.waiting.size
                ? msg(str`有 ${list.waiting.size > 99 ? '99+' : list.waiting.size} 件新事项，点击显示`, {
                    id: 'tracker.waiting',
                  })
                : msg('列表有变化，点击更新', { id: 'tracker.changed' })
            }
          </button>`
        : nothing
    }
  </div>`

/** Below the issues: more is coming, could not come, or there is a way to more. */
export function end(list: IssueList): TemplateResult | typeof nothing {
  if (list.problem && list.items.length && !list.isOld)
    return html`<div class="plain" role="alert">
      <p>${sentenceOf(list.problem)}</p>
      <button class="button quiet" part="retry" @click=${() => list.retry()}>
        ${msg('重试', { id: 'common.retry' })}
      </button>
    </div>`
  if (!list.hasMore) return nothing
  return html`<p class="plain">
    <button class="button quiet" aria-disabled=${list.loading} @click=${() => list.more()}>
      ${list.loading ? msg('正在载入…', { id: 'tracker.loading' }) : msg('显示更多', { id: 'tracker.more' })}
    </button>
  </p>`
}

/** What a list shows: its rows, or the face of why there are none. */
export function rows(
  body: TrackerBody,
  list: IssueList,
  level: 2 | 3,
  empty: () => unknown,
  name: string,
): unknown {
  const { items, problem, loading, readAt } = list
  if (!items.length) {
    if (problem && !loading) return errorFace(problem, () => void list.retry())
    return loading || !readAt ? skeleton(level === 2 ? 6 : 3) : empty()
  }
  return html`<ul class="list" part="list" aria-label=${name} tabindex="-1" @keydown=${walk}>
      ${repeat(
        items,
        ({ id }) => id,
        (issue) => row(body, issue, list.gone.has(issue.id), level),
      )}
    </ul>
    ${end(list)}`
}

/** The list with its tabs. */
export function listView(body: TrackerBody): TemplateResult {
  const { controller, element } = body
  const { list } = controller
  const choose = (state: typeof element.state) => body.choose({ state })
  const all = stateTabs(controller.counts)
  const name = all.find(({ key }) => key === element.state)?.name ?? ''
  return html`${tabs(msg('按状态查看', { id: 'tracker.states' }), all, element.state, 'issues', choose)}
    <div id="issues" role="tabpanel" aria-label=${name} aria-busy=${list?.loading ?? true}>
      ${list ? pill(list, () => void list.start()) : nothing}
      ${list ? rows(body, list, 2, () => emptyFace(body), msg('民情事项', { id: 'tracker.label' })) : skeleton(6)}
    </div>`
}
