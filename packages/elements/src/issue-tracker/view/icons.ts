import { html, svg, type SVGTemplateResult } from 'lit'

// 24 × 24, stroked by the shared style.
const icon = (content: SVGTemplateResult) =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${content}</svg>`

export const clockIcon = icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.2l3.4 2"/>`)
export const warningIcon = icon(svg`<path d="M12 3.5 21.5 20h-19z"/><path d="M12 10v4.5M12 17.3v.2"/>`)
export const pauseIcon = icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M10 9v6M14 9v6"/>`)
export const doneIcon = icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="m8.5 12.3 2.4 2.4 4.6-5"/>`)
export const filterIcon = icon(svg`<path d="M4 6h16M7 12h10M10 18h4"/>`)
export const listIcon = icon(svg`<path d="M8 6h12M8 12h12M8 18h12M4 6h.1M4 12h.1M4 18h.1"/>`)
export const boardIcon = icon(
  svg`<rect x="4" y="4" width="6.5" height="16" rx="1.5"/><rect x="13.5" y="4" width="6.5" height="10" rx="1.5"/>`,
)
export const backIcon = icon(svg`<path d="m14.5 5-7 7 7 7"/>`)
export const printIcon = icon(
  svg`<path d="M7 8V4h10v4M7 17H4.5a.5.5 0 0 1-.5-.5v-7a1.5 1.5 0 0 1 1.5-1.5h13A1.5 1.5 0 0 1 20 9.5v7a.5.5 0 0 1-.5.5H17"/><rect x="7" y="14" width="10" height="6.5"/>`,
)
export const moreIcon = icon(svg`<path d="M5.5 12h.1M12 12h.1M18.5 12h.1" stroke-width="3"/>`)
export const searchIcon = icon(svg`<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>`)
export const starIcon = icon(
  svg`<path d="m12 3.6 2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9L3.5 9.8l5.9-.8z"/>`,
)
