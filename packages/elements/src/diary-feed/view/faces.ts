import { html, nothing, type TemplateResult } from 'lit'
import { msg, str } from '../../internal/localize.ts'
import { codeOf, sentenceOf } from '../../internal/problem-text.ts'
import type { FeedController } from '../controller.ts'
import { hasFilters } from '../model/filters.ts'
import { skeleton } from './skeleton.ts'
import { clock } from '../../internal/time.ts'

type Face = TemplateResult | typeof nothing

const trouble = (problem: unknown) =>
  html`<p>
      ${
        codeOf(problem) === 'offline'
          ? msg('当前没有网络，联网后会自动加载', { id: 'feed.offline' })
          : sentenceOf(problem)
      }
    </p>
    <p>
      <button class="button quiet" part="retry" data-do="retry">
        ${msg('重试', { id: 'common.retry' })}
      </button>
    </p>`

const nothingHere = ({ filters }: FeedController) =>
  hasFilters(filters)
    ? html`<p>${msg('没有符合条件的日记', { id: 'feed.noMatch' })}</p>
        <p>
          <button class="button quiet" data-do="clear">${msg('清除筛选条件', { id: 'feed.clear' })}</button>
        </p>`
    : html`<p>${msg('这里还没有日记', { id: 'feed.empty' })}</p>`

/** What stands in place of diaries when there are none to show. */
export function emptyFace(controller: FeedController): Face {
  const { source } = controller
  if (source.trouble)
    return html`<div class="card plain" part="error">${trouble(source.trouble.problem)}</div>`
  if (source.loading || !source.readAt) return skeleton(6)
  return html`<div class="card plain" part="empty">${nothingHere(controller)}</div>`
}

/** Below the diaries: more is coming, could not come, or there is none. */
export function endFace({ source }: FeedController): Face {
  if (source.trouble) return html`<div class="plain">${trouble(source.trouble.problem)}</div>`
  // A template of its own: reused bones of the empty face would count as a layout shift when cards push them down.
  if (source.hasOlder) return html`<div>${skeleton(2)}</div>`
  return html`<p class="plain small">${msg('没有更早的日记了', { id: 'feed.end' })}</p>`
}

/** Above the diaries: what is shown is of a while ago. */
export function staleNote({ source }: FeedController): Face {
  const { trouble, readAt, pages } = source
  const shown =
    trouble && readAt && pages.list.length
      ? html`<p class="note" part="offline">
          ${msg(str`连接不上服务器，显示的是 ${clock(readAt)} 之前的内容，恢复后会自动更新`, { id: 'feed.since' })}
        </p>`
      : nothing
  return html`<div role="status">${shown}</div>`
}

/** Tells of diaries that wait above instead of moving what is being read; after a jump to a day, the way back. */
export function pill({ source: { waiting, hasNewer } }: FeedController): Face {
  const count = waiting.length > 99 ? '99+' : waiting.length
  const text = waiting.length
    ? msg(str`有 ${count} 条新日记`, { id: 'feed.waiting' })
    : hasNewer && msg('回到最新', { id: 'feed.back' })
  const shown = html`<button class="button" part="pill" data-do="waiting">${text}</button>`
  return html`<div class="pill" role="status">${text ? shown : nothing}</div>`
}

/** One sentence about what was done, with the way back. It stays until it is closed or replaced. */
export function toast({ notice }: FeedController): Face {
  if (!notice) return html`<div role="status"></div>`
  const back = html`<button class="button quiet" data-do="undo">
    ${msg('撤销', { id: 'common.undo' })}
  </button>`
  return html`<div role="status" class=${notice.bad ? 'note bad toast' : 'note toast'}>
    <span>${notice.text}</span>
    ${notice.undo ? back : nothing}
    <button class="button quiet" data-do="dismiss">${msg('关闭', { id: 'common.close' })}</button>
  </div>`
}
