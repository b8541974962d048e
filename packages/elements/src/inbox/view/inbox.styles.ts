import { css } from 'lit'

/** Messages, and the row above them. */
export const inboxStyles = css`
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
    padding-bottom: 12px;
  }
  .bar .field {
    flex: 0 1 9em;
    width: auto;
  }
  .tab {
    display: inline-flex;
    align-items: center;
    min-height: max(44px, var(--_target));
    padding: 0 14px;
    border: 1px solid var(--_line);
    border-radius: 99px;
    background: var(--_surface);
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  /* Room for the number, which comes later than the word. */
  .tab + .tab {
    justify-content: center;
    min-width: 100px;
  }
  .tab[aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_tint);
    color: var(--_accent);
    font-weight: 600;
  }
  .all {
    margin-left: auto;
  }
  .list {
    margin: 0;
    padding: 0;
    overflow: hidden;
    list-style: none;
  }
  .entry {
    display: flex;
    align-items: center;
  }
  .entry + .entry {
    border-top: 1px solid var(--_line);
  }
  .new {
    background: var(--_tint);
  }
  .open {
    position: relative;
    flex: 1;
    display: block;
    min-width: 0;
    padding: 12px 8px 12px 30px;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .open:hover .title {
    text-decoration: underline;
  }
  .open:focus-visible {
    outline-offset: -3px;
  }
  .open > span {
    display: block;
  }
  .open > .dot {
    position: absolute;
    top: calc(12px + 0.55em);
    left: 12px;
    width: 9px;
    height: 9px;
    border-radius: 50%;
    background: var(--_accent);
  }
  .new .what {
    font-weight: 600;
  }
  .pressing {
    color: var(--_danger);
  }
  .title {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .new .small {
    color: var(--_text);
  }
  .open > .title {
    display: -webkit-box;
  }
  .mark {
    flex: none;
    min-height: max(44px, var(--_target));
    margin-right: 6px;
  }
  .more {
    margin: 12px 0 0;
    text-align: center;
  }
  .note {
    margin: 0 0 12px;
  }
  @media (forced-colors: active) {
    .new {
      border-left: 4px solid Highlight;
    }
    .tab[aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
  @media print {
    .bar,
    .mark,
    .more {
      display: none;
    }
  }
`
