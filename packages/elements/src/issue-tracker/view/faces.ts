import { html, nothing, type TemplateResult } from 'lit'
import { msg, str } from '../../internal/localize.ts'
import { codeOf, sentenceOf } from '../../internal/problem-text.ts'
import { absolute } from '../../internal/time.ts'
import type { TrackerBody } from '../body.ts'
import type { TrackerController } from '../model/controller.ts'
import { hasFilters, noFilters } from '../model/view.ts'
import { warningIcon } from './icons.ts'

type Face = TemplateResult | typeof nothing

/** What stands there when nothing could be read, with the way to try again. */
export const errorFace = (problem: unknown, retry: () => void): TemplateResult =>
  html`<div class="card plain" part="error" role="alert">
    <p>
      ${
        codeOf(problem) === 'offline'
          ? msg('当前没有网络，联网后会自动加载', { id: 'tracker.offline' })
          : sentenceOf(problem)
      }
    </p>
    <button class="button quiet" part="retry" @click=${retry}>${msg('重试', { id: 'common.retry' })}</button>
  </div>`

/** Nothing here, or nothing that matches. */
export function emptyFace(body: TrackerBody): TemplateResult {
  const { view } = body.controller
  const clear = () => body.choose({ ...noFilters, state: 'open' })
  return html`<div class="card plain" part="empty">
    ${
      hasFilters(view)
        ? html`<p>${msg('没有符合条件的事项', { id: 'tracker.noMatch' })}</p>
            <button class="button quiet" @click=${clear}>
              ${msg('清除筛选条件', { id: 'tracker.clear' })}
            </button>`
        : html`<p>${msg('这里没有事项', { id: 'tracker.empty' })}</p>`
    }
  </div>`
}

/** Above everything: what is shown is of a while ago, and what becomes of what one does now. */
export function offlineNote(controller: TrackerController): Face {
  const since = controller.lists.find(({ readAt }) => readAt)?.readAt ?? controller.opened?.oldSince
  const shown =
    controller.isOffline && since
      ? html`<p class="note warn" part="offline">
          ${warningIcon}
          <span
            >${msg(
              str`连接不上服务器，显示的是 ${absolute(since)} 的内容，恢复后会自动更新。办理反馈可以照常填写，联网后自动送达。`,
              { id: 'tracker.since' },
            )}</span
          >
        </p>`
      : nothing
  return html`<div role="status">${shown}</div>`
}

/** One sentence about what was done. It stays until it is closed or replaced. */
export function toast(controller: TrackerController): Face {
  const { notice } = controller
  if (!notice) return html`<div role="status"></div>`
  return html`<div role="status" class=${notice.bad ? 'note bad toast' : 'note toast'}>
    <span>${notice.text}</span>
    <button class="button quiet" @click=${() => controller.say(undefined)}>
      ${msg('关闭', { id: 'common.close' })}
    </button>
  </div>`
}
