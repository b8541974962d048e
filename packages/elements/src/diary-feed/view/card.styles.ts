import { css } from 'lit'

/** Cards, and what stands around them once there are any. */
export const cardStyles = css`
  .pill {
    position: sticky;
    top: 8px;
    z-index: 2;
    height: 0;
    text-align: center;
  }
  .pill .button {
    border-radius: 99px;
    box-shadow: 0 2px 10px rgba(0, 0, 0, 0.25);
  }
  .list {
    outline-offset: 4px;
  }
  header {
    display: flex;
    gap: 12px;
    align-items: flex-start;
  }
  .face {
    flex: none;
    width: 2.6em;
    border-radius: 50%;
    background: var(--_tint);
    color: var(--_accent);
    line-height: 2.6;
    text-align: center;
    font-weight: 600;
  }
  .who {
    flex: 1;
    min-width: 0;
  }
  h3,
  p {
    margin: 0;
    font-size: 1em;
  }
  h3 {
    font-weight: 400;
  }
  .author,
  .tag,
  .edited,
  .more {
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
    min-height: 24px;
  }
  .author:hover,
  .tag:hover,
  .edited {
    text-decoration: underline;
  }
  .author {
    font-weight: 600;
  }
  .tag,
  .more {
    color: var(--_accent);
    text-align: start;
  }
  :host([elder]) .author,
  :host([elder]) .more {
    min-height: 44px;
  }
  .kind {
    flex: none;
    padding: 2px 8px;
    border-radius: 4px;
    background: var(--_tint);
    color: var(--_accent);
    font-size: var(--_small);
  }
  .kind[data-kind='help'] {
    background: var(--_warn-tint);
    color: var(--_warn);
  }
  .text {
    margin: 8px 0;
    line-height: 1.75;
  }
  /* Only what was written keeps its line breaks, not the template around it. */
  .text > span {
    white-space: pre-wrap;
  }
  .clamp {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 6;
  }
  mark {
    background: #ffe58a;
    color: #221a00;
  }
  .photos {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: 6px;
    max-width: 420px;
    margin: 8px 0;
  }
  .photos[data-count='1'] {
    grid-template-columns: minmax(0, 280px);
  }
  .photos[data-count='2'],
  .photos[data-count='4'] {
    grid-template-columns: 1fr 1fr;
    max-width: 300px;
  }
  .photo {
    position: relative;
    padding: 0;
    overflow: hidden;
    border: 0;
    border-radius: 6px;
    background: var(--_sunken);
    cursor: zoom-in;
  }
  .photo svg {
    display: block;
    width: 100%;
    height: auto;
  }
  .photo img {
    position: absolute;
    top: 0;
    left: 0;
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .answer {
    margin: 8px 0;
    padding: 8px 12px;
    border-left: 3px solid var(--_accent);
    background: var(--_sunken);
  }
  .answer p {
    min-height: 1.6em;
    white-space: pre-wrap;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    align-items: center;
    margin: 4px -10px -8px;
  }
  footer .small {
    padding: 0 10px;
  }
  .issue {
    background: var(--_tint);
    font-weight: 600;
  }
  .issue[data-state='closed'] {
    background: var(--_sunken);
    color: var(--_muted);
  }
  .quiet[aria-pressed='true'] {
    background: var(--_tint);
    font-weight: 600;
  }
  .note {
    margin: 0 0 12px;
  }
  .toast {
    position: sticky;
    bottom: 8px;
    z-index: 2;
    display: flex;
    gap: 8px;
    align-items: center;
    border: 1px solid var(--_line);
  }
  .toast span {
    flex: 1;
  }
  @media (forced-colors: active) {
    .kind,
    .note,
    .face {
      border: 1px solid;
    }
    .quiet[aria-pressed='true'] {
      outline: 2px solid Highlight;
    }
  }
  @media print {
    .bar,
    .pill,
    .toast,
    footer,
    .above,
    .below,
    .more {
      display: none;
    }
    article {
      break-inside: avoid;
      border-color: #999;
    }
    .clamp {
      display: block;
    }
  }
`
