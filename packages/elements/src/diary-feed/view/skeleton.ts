import { html, type TemplateResult } from 'lit'

const bone = html`<div class="card bone"></div>`

/** Room for diaries that are being read, as tall as short ones are. */
export const skeleton = (count: number): TemplateResult =>
  html`<div aria-hidden="true">${Array.from({ length: count }, () => bone)}</div>`
