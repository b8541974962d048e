import { html, nothing, type TemplateResult } from 'lit'
import { msg, str } from '../../internal/localize.ts'
import { codeOf, isSignedOut, sentenceOf } from '../../internal/problem-text.ts'
import { clock } from '../../internal/time.ts'
import type { StatusBody } from '../body.ts'

type Face = TemplateResult | typeof nothing

/** Why nothing could be read, and what helps. */
export function sentence(problem: unknown): string {
  const code = codeOf(problem)
  if (code === 'receipt_unknown') return msg('没有找到这个受理编号，请核对后再试', { id: 'reports.unknown' })
  if (code === 'offline') return msg('当前没有网络，联网后会自动查询', { id: 'reports.offline' })
  if (isSignedOut(code)) return msg('请先登录，再查看您反映的问题', { id: 'reports.signed-out' })
  return sentenceOf(problem)
}

const trouble = (body: StatusBody, problem: unknown) =>
  html`<div class="card plain" part="error" role="alert">
    <p>${sentence(problem)}</p>
    ${
      codeOf(problem) === 'receipt_unknown'
        ? nothing
        : html`<p>
            <button class="button quiet" part="retry" @click=${() => body.source.read()}>
              ${msg('重试', { id: 'common.retry' })}
            </button>
          </p>`
    }
  </div>`

/** What stands there when no report is to be shown. */
export function face(body: StatusBody): Face {
  const { source } = body
  if (source.reports.length || !source.asked) return nothing
  if (source.problem && !source.loading) return trouble(body, source.problem)
  if (source.loading || !source.readAt)
    return html`<div class="card bone" role="status">
      <span class="sr">${msg('正在查询…', { id: 'reports.loading' })}</span>
    </div>`
  return html`<p class="card plain" part="empty">${msg('您还没有反映过问题', { id: 'reports.empty' })}</p>`
}

/** Above the reports: what is shown is of a while ago. */
export function stale({ source }: StatusBody): Face {
  const shown =
    source.isStale && source.readAt
      ? html`<p class="note" part="offline">
          ${msg(str`连接不上服务器，显示的是 ${clock(source.readAt)} 的情况，恢复后会自动更新`, { id: 'reports.since' })}
        </p>`
      : nothing
  return html`<div role="status">${shown}</div>`
}
