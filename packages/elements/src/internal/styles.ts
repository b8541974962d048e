import { css } from 'lit'

/** Holds by the system's wish, and by the widget's own `theme`. */
const dark = css`
  --_surface: var(--mq-surface, #1a2120);
  --_sunken: var(--mq-sunken, #232c2a);
  --_text: var(--mq-text, #e6edeb);
  --_muted: var(--mq-muted, #a7b4b0);
  --_line: var(--mq-line, #364240);
  --_edge: var(--mq-edge, #7f8e8a);
  --_accent: var(--mq-accent, #63cdb8);
  --_on-accent: var(--mq-on-accent, #06231d);
  --_tint: var(--mq-tint, #1d3a35);
  --_danger: var(--mq-danger, #ff9d94);
  --_danger-tint: var(--mq-danger-tint, #43211e);
  --_warn: var(--mq-warn, #f2bf6b);
  --_warn-tint: var(--mq-warn-tint, #3b2c12);
  color-scheme: dark;
`

/**
 * The look that all widgets share. A host may set the public properties (`--mq-accent`, `--mq-surface`, …) on any
 * element above; inside, styles use only the private ones (`--_accent`, …), which fall back to the theme's own value.
 * Sizes are px and em: a host may have changed rem. Chromium 86 is the floor: no :is(), inset, aspect-ratio, nesting.
 *
 * Private ones: --_surface --_sunken --_text --_muted --_line --_edge (border of fields, 3:1) --_accent --_on-accent
 * --_tint (soft accent) --_danger --_danger-tint --_warn --_warn-tint --_radius --_size (text) --_small --_large
 * --_target (least height of what is pressed).
 */
export const tokens = css`
  :host {
    --_surface: var(--mq-surface, #fff);
    --_sunken: var(--mq-sunken, #f4f7f6);
    --_text: var(--mq-text, #1c2423);
    --_muted: var(--mq-muted, #53605d);
    --_line: var(--mq-line, #dce3e1);
    --_edge: var(--mq-edge, #7a8783);
    --_accent: var(--mq-accent, #0b6b5c);
    --_on-accent: var(--mq-on-accent, #fff);
    --_tint: var(--mq-tint, #e5f2ef);
    --_danger: var(--mq-danger, #b3261e);
    --_danger-tint: var(--mq-danger-tint, #fcedec);
    --_warn: var(--mq-warn, #7d4a00);
    --_warn-tint: var(--mq-warn-tint, #fdf3e1);
    --_radius: var(--mq-radius, 8px);
    --_size: 16px;
    --_small: 14px;
    --_large: 18px;
    --_target: 40px;
    color-scheme: light;
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([theme='light'])) {
      ${dark}
    }
  }
  :host([theme='dark']) {
    ${dark}
  }
  :host([elder]) {
    --_size: 20px;
    --_small: 18px;
    --_large: 22px;
    --_target: 56px;
  }
`

/** Host, buttons, fields, focus: what nearly every widget shows at once. */
export const base = css`
  :host {
    display: block;
    box-sizing: border-box;
    color: var(--_text);
    font: var(--_size) / 1.6
      var(
        --mq-font,
        system-ui,
        -apple-system,
        'PingFang SC',
        'Microsoft YaHei',
        'Noto Sans CJK SC',
        sans-serif
      );
    text-align: start;
    overflow-wrap: anywhere;
    -webkit-text-size-adjust: 100%;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  .card {
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    padding: 16px;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-width: var(--_target);
    min-height: var(--_target);
    padding: 4px 16px;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: var(--_accent);
    color: var(--_on-accent);
    font: inherit;
    cursor: pointer;
  }
  .quiet {
    padding: 4px 10px;
    background: transparent;
    color: var(--_accent);
  }
  .quiet:hover {
    background: var(--_tint);
  }
  .button[disabled],
  .button[aria-disabled='true'] {
    background: var(--_sunken);
    border-color: var(--_line);
    color: var(--_muted);
    cursor: default;
  }
  .field {
    width: 100%;
    min-height: var(--_target);
    padding: 6px 10px;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: inherit;
    font: inherit;
  }
  ::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .small {
    color: var(--_muted);
    font-size: var(--_small);
  }
  .note {
    padding: 8px 12px;
    border-radius: var(--_radius);
    background: var(--_tint);
  }
  .note.bad {
    background: var(--_danger-tint);
    color: var(--_danger);
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip: rect(0 0 0 0);
    white-space: nowrap;
  }
  svg {
    width: 1.25em;
    height: 1.25em;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .button {
      border-color: ButtonText;
    }
  }
`
