import { html, nothing, type TemplateResult } from 'lit'
import { locale, msg, str } from '../../internal/localize.ts'
import { codeOf, isSignedOut, sentenceOf } from '../../internal/problem-text.ts'
import { clock } from '../../internal/time.ts'

const stop = () => (locale() === 'en' ? '.' : '。')

/** When a server that was asked too often may be asked again: `14:05`. */
const againAt = (error: unknown): string => {
  const { retryAfterMs = 60_000 } = error as { retryAfterMs?: number }
  return clock(new Date(Date.now() + Math.ceil(retryAfterMs / 60_000) * 60_000))
}

function reason(error: unknown): string {
  const code = codeOf(error)
  if (code === 'anonymous_refused')
    return msg('这里不接受匿名反映，请登录后再提交', { id: 'report.anonymous' })
  if (code === 'rate_limited')
    return msg(str`提交得太频繁，请在 ${againAt(error)} 以后再试`, { id: 'report.often' })
  if (isSignedOut(code)) return msg('请先登录，再提交', { id: 'report.signed-out' })
  if (code === 'forbidden') return msg('当前身份不能在这里反映问题', { id: 'report.forbidden' })
  if (code === 'area_not_found')
    return msg('这里不受理该区域的问题，请换一个区域', { id: 'report.area.unknown' })
  if (code === 'category_unknown')
    return msg('所选的类别已停用，请重新选择', { id: 'report.category.unknown' })
  if (code === 'photo_unknown') return msg('照片没有传完，请再次提交', { id: 'report.photos.unsent' })
  return sentenceOf(error)
}

/**
 * Why a report did not go out, in one sentence; and whether it is the network that is missing.
 *
 * @param isKept whether what is in the form is safe on this device
 */
export function refusalOf(error: unknown, isKept: boolean): { text: string; waits?: boolean } {
  if (['offline', 'timeout', 'unavailable'].includes(codeOf(error))) {
    const text = isKept
      ? msg('已保存在本机，联网后请再次提交', { id: 'report.offline' })
      : msg('没有送达，也没有保存在本机：请勿关闭页面，联网后再次提交', { id: 'report.offline.unkept' })
    return { text, waits: true }
  }
  return { text: `${reason(error)}${stop()}${msg('写下的内容仍在', { id: 'report.kept' })}${stop()}` }
}

/** Why the form cannot send now, and what to do. Writing goes on meanwhile. */
export function startProblem(error: unknown, retry: () => void): TemplateResult {
  const code = codeOf(error)
  const text =
    code === 'offline' ? msg('网络不可用，联网后即可提交', { id: 'report.start.offline' }) : reason(error)
  // Another try changes nothing about what may be done here.
  const isFinal = ['forbidden', 'area_not_found', 'anonymous_refused'].includes(code)
  return html`<p class="status note bad" role="alert">
    <span>${text}${stop()}</span>
    ${
      isFinal
        ? nothing
        : html`<button type="button" class="button quiet" @click=${retry}>
            ${msg('重试', { id: 'common.retry' })}
          </button>`
    }
  </p>`
}

/** Said as long as this device keeps nothing. */
export const unkeptNote = (): TemplateResult =>
  html`<p class="small">${msg('本机不保存内容：没有草稿，提交前请勿关闭页面。', { id: 'report.unkept' })}</p>`
