import { html, nothing, type TemplateResult } from 'lit'

const bone = html`<div class="bone"></div>`

/** Room for issues that are being read, as tall as rows are. */
export const skeleton = (count: number, bar = false): TemplateResult =>
  html`<div class="bones" aria-hidden="true">
    ${bar ? html`<div class="bar"></div>` : nothing}${Array.from({ length: count }, () => bone)}
  </div>`
