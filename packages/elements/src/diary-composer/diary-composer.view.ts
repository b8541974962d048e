import { diaryKinds, diaryLimits, extractTags, type DiaryKind } from '@minqing/core/wire'
import { html, nothing, type TemplateResult } from 'lit'
import { kindNames } from '../internal/kinds.ts'
import { locale, msg, str } from '../internal/localize.ts'
import { codeOf, isSignedOut, sentenceOf } from '../internal/problem-text.ts'

/** What the line below the form says. */
export interface Status {
  text: string
  bad?: boolean
  /** Takes back what happened. */
  undo?: (() => void) | undefined
  /** Label of the way back, when it is not an undo. */
  action?: string
}

export const kindsView = (kind: DiaryKind, choose: (kind: DiaryKind) => void): TemplateResult =>
  html`<fieldset class="kinds" part="kinds">
    <legend class="sr">${msg('类型', { id: 'composer.kind' })}</legend>
    ${kindNames().map(
      ([value, name]) =>
        html`<label class=${value === kind ? 'on' : ''}
          ><input
            type="radio"
            name="kind"
            .checked=${value === kind}
            @change=${() => choose(value)}
          />${name}</label
        >`,
    )}
  </fieldset>`

/** The tags found, and near the limit how much room is left. */
export function underText(text: string): TemplateResult {
  const left = diaryLimits.text - text.length
  const tags = text.includes('#') ? extractTags(text) : []
  const room =
    left < 0
      ? msg(str`超出 ${-left} 字`, { id: 'composer.over' })
      : msg(str`还可以写 ${left} 字`, { id: 'composer.left' })
  return html`<p class="under small">
    <span class="tags" part="tags">${tags.map((tag) => `#${tag} `)}</span>
    ${left < 500 ? html`<span class=${left < 0 ? 'over-limit' : ''}>${room}</span>` : nothing}
  </p>`
}

export function placeholderOf(kind: DiaryKind): string {
  if (kind === diaryKinds[4]) return msg('遇到了什么难题，想请同事支招…', { id: 'composer.hint.help' })
  if (kind === diaryKinds[3]) return msg('有什么好点子…', { id: 'composer.hint.idea' })
  return msg('写下今天走访了解到的情况…', { id: 'composer.hint' })
}

export const statusView = (status: Status | undefined, undone: () => void): TemplateResult =>
  html`<div role="status" part="status" class="status ${status ? 'note' : ''} ${status?.bad ? 'bad' : ''}">
    ${
      status &&
      html`<span>${status.text}</span>${
          status.undo
            ? html`<button
                type="button"
                class="button quiet"
                @click=${() => {
                  undone()
                  status.undo?.()
                }}
              >
                ${status.action ?? msg('撤销', { id: 'common.undo' })}
              </button>`
            : nothing
        }`
    }
  </div>`

/** Why the form cannot publish now, and what to do. Typing goes on meanwhile. */
export function faceView(problem: unknown, retry: () => void): TemplateResult {
  const code = codeOf(problem)
  const text = isSignedOut(code)
    ? msg('请先登录，再发布日记', { id: 'composer.signed-out' })
    : code === 'offline'
      ? msg('网络不可用，联网后即可发布', { id: 'composer.offline' })
      : sentenceOf(problem)
  const mark = locale() === 'en' ? '.' : '。'
  // Another try changes nothing about what a person may do.
  const isFinal = code === 'forbidden' || code === 'area_not_found'
  return html`<p class="status note bad" role="alert">
    <span>${text}${mark}</span>
    <button type="button" class="button quiet" ?hidden=${isFinal} @click=${retry}>
      ${msg('重试', { id: 'common.retry' })}
    </button>
  </p>`
}
