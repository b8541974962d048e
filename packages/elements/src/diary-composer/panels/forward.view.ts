import { issueLimits } from '@minqing/core/wire'
import { html, nothing, type TemplateResult } from 'lit'
import { addStyles } from '../../internal/lazy-styles.ts'
import { msg } from '../../internal/localize.ts'
import { forwardStyles } from './forward.styles.ts'
import type { ComposerHost } from './panel.ts'

/** 同时上报为事项: off unless the author wants it; solved on the spot needs a sentence. */
export function forwardView(form: ComposerHost, newId: () => string): TemplateResult {
  addStyles(form, forwardStyles)
  const { forward } = form.draft
  const toggle = (event: Event) => {
    const { checked } = event.target as HTMLInputElement
    form.change({ forward: checked ? { issueId: newId() } : undefined })
  }
  const write = (event: Event) => {
    const solved = (event.target as HTMLInputElement).value
    if (forward) form.change({ forward: { issueId: forward.issueId, ...(solved.trim() && { solved }) } })
  }
  return html`<label class="forward"
      ><input type="checkbox" role="switch" .checked=${Boolean(forward)} @change=${toggle} />${msg(
        '同时上报为事项',
        { id: 'composer.forward' },
      )}</label
    >${
      forward
        ? html`<input
            class="field solved"
            aria-label=${msg('当场已解决？写一句怎样解决的（可不填）', { id: 'composer.forward.solved' })}
            placeholder=${msg('当场解决的，写一句', { id: 'composer.forward.hint' })}
            maxlength=${issueLimits.answer}
            .value=${forward.solved ?? ''}
            @input=${write}
          />`
        : nothing
    }`
}
