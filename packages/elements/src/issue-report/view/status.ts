import { html, nothing, type TemplateResult } from 'lit'
import { msg } from '../../internal/localize.ts'

/** What the line below the form says. */
export interface Status {
  text: string
  bad?: boolean
  /** It is a network that was missing. */
  waits?: boolean
  /** Takes back what happened. */
  undo?: (() => void) | undefined
  /** Label of the way back, when it is not an undo. */
  action?: string
}

/** @param progress sent bytes of the photos, 0 to 1, while they are on their way */
export const statusView = (
  status: Status | undefined,
  progress: number | undefined,
  undone: () => void,
): TemplateResult =>
  html`<div role="status" part="status" class="status ${status ? 'note' : ''} ${status?.bad ? 'bad' : ''}">
    ${
      progress === undefined
        ? nothing
        : html`<progress
            max="1"
            value=${progress}
            aria-label=${msg('照片上传进度', { id: 'report.progress' })}
          ></progress>`
    }${
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
