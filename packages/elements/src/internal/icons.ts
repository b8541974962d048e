import { html, svg, type SVGTemplateResult } from 'lit'

// Each is its own export, so a widget carries only those it shows. 24 × 24, stroked by the shared style.
const icon = (content: SVGTemplateResult) =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${content}</svg>`

export const photoIcon = icon(
  svg`<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m4 17 5-5 4 4 2-2 5 5"/>`,
)
export const cameraIcon = icon(svg`<path d="M4 8h3l2-3h6l2 3h3v11H4z"/><circle cx="12" cy="13" r="3.5"/>`)
export const placeIcon = icon(
  svg`<path d="M12 21s-7-6.3-7-11.5a7 7 0 0 1 14 0C19 14.7 12 21 12 21z"/><circle cx="12" cy="9.5" r="2.5"/>`,
)
export const personIcon = icon(svg`<circle cx="12" cy="8" r="4"/><path d="M4 21c0-4 3.6-6 8-6s8 2 8 6"/>`)
export const closeIcon = icon(svg`<path d="m6 6 12 12M18 6 6 18"/>`)
