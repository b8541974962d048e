import { css } from 'lit'

/** Reports, and the form that asks for a receipt number. */
export const statusStyles = css`
  h3,
  h4,
  p {
    margin: 0;
    font-size: 1em;
  }
  .ask label {
    display: block;
    margin-bottom: 6px;
    font-weight: 600;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .row > .field {
    flex: 1 1 9em;
    min-width: 0;
  }
  .ask .field {
    font-family: ui-monospace, 'Cascadia Mono', Consolas, monospace;
    letter-spacing: 0.04em;
    text-transform: uppercase;
  }
  .ask ::placeholder {
    text-transform: none;
    letter-spacing: 0;
  }
  .wrong {
    margin-top: 6px;
    color: var(--_danger);
  }
  .card + .card,
  .ask + *,
  article + article,
  .note {
    margin-top: 12px;
  }
  .text > span {
    white-space: pre-wrap;
  }
  .what {
    display: -webkit-box;
    overflow: hidden;
    color: var(--_muted);
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }
  .standing {
    margin-top: 4px;
    font-size: var(--_large);
    font-weight: 600;
  }
  .standing.bad,
  .late {
    color: var(--_danger);
  }
  .stages {
    display: flex;
    margin: 16px 0;
    padding: 0;
    list-style: none;
  }
  .stages li {
    position: relative;
    flex: 1 1 0;
    display: flex;
    flex-direction: column;
    align-items: center;
    min-width: 0;
    padding: 26px 2px 0;
    color: var(--_muted);
    text-align: center;
    line-height: 1.4;
  }
  .stages li::before,
  .stages li::after {
    content: '';
    position: absolute;
  }
  .stages li::before {
    top: 2px;
    left: 50%;
    z-index: 1;
    width: 18px;
    height: 18px;
    margin-left: -9px;
    border: 2px solid var(--_edge);
    border-radius: 50%;
    background: var(--_surface);
  }
  .stages li + li::after {
    top: 10px;
    right: calc(50% + 9px);
    width: calc(100% - 18px);
    height: 2px;
    background: var(--_line);
  }
  .stages .done,
  .stages .now {
    color: var(--_text);
  }
  .stages .done::before {
    border-color: var(--_accent);
    background: var(--_accent);
  }
  .stages .now::before {
    border-color: var(--_accent);
    box-shadow: inset 0 0 0 3px var(--_surface);
    background: var(--_accent);
  }
  .stages .now {
    color: var(--_accent);
    font-weight: 600;
  }
  .stages .now time {
    font-weight: 400;
  }
  .stages .done + .done::after,
  .stages .done + .now::after {
    background: var(--_accent);
  }
  dl {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr));
    gap: 4px 24px;
    margin: 16px 0 0;
  }
  dl > div {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    align-items: baseline;
  }
  dt {
    flex: none;
    min-width: 4.4em;
    color: var(--_muted);
    font-size: var(--_small);
  }
  dd {
    min-width: 0;
    margin: 0;
  }
  .receipt {
    font-family: ui-monospace, 'Cascadia Mono', Consolas, monospace;
  }
  .said {
    margin-top: 12px;
    padding: 10px 14px;
    border-left: 3px solid var(--_accent);
    background: var(--_sunken);
  }
  section[part~='rating'] {
    margin-top: 12px;
  }
  .stars {
    color: var(--_warn);
    letter-spacing: 0.1em;
  }
  details {
    margin-top: 12px;
  }
  summary {
    display: flex;
    align-items: center;
    min-height: var(--_target);
    color: var(--_accent);
    cursor: pointer;
  }
  summary::before {
    content: '▸';
    width: 1.2em;
  }
  details[open] > summary::before {
    content: '▾';
  }
  details ol {
    margin: 0;
    padding: 0 0 0 1.2em;
    list-style: none;
  }
  details li {
    padding: 4px 0;
  }
  .more {
    margin-top: 12px;
    text-align: center;
  }
  /* It stands on the host's page, whatever color that has. */
  .more .button {
    border-color: var(--_line);
    background: var(--_surface);
  }
  @media (forced-colors: active) {
    .stages .done::before,
    .stages .now::before {
      forced-color-adjust: none;
      background: Highlight;
    }
    .said {
      border: 1px solid;
    }
  }
  @media print {
    .ask,
    .more,
    .note,
    form {
      display: none !important;
    }
    .card {
      break-inside: avoid;
      border-color: #999;
    }
    .what {
      display: block;
    }
  }
`
