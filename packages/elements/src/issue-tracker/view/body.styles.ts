import { css } from 'lit'

/** The frame: bar, tabs, list and detail side by side, and what is said above and below them. */
export const bodyStyles = css`
  .tracker {
    display: block;
  }
  .tracker[data-width='wide'][data-open] {
    display: grid;
    grid-template-columns: minmax(320px, 5fr) minmax(0, 8fr);
    gap: 20px;
    align-items: start;
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
    margin-bottom: 12px;
  }
  .search {
    position: relative;
    flex: 1 1 220px;
    min-width: 0;
  }
  .search .field {
    padding-right: calc(var(--_target) + 4px);
  }
  .search .icon {
    position: absolute;
    top: 0;
    right: 0;
    padding: 0;
  }
  .switch {
    display: flex;
    white-space: nowrap;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .quiet[aria-pressed='true'],
  .quiet[aria-expanded='true'] {
    background: var(--_tint);
    font-weight: 600;
  }
  /* No wider than what is there: in a host's grid or flexbox a row that scrolls would make its column as wide as itself. */
  .tabs {
    display: flex;
    width: 0;
    min-width: 100%;
    gap: 4px;
    margin-bottom: 12px;
    padding: 3px;
    overflow-x: auto;
    border-bottom: 1px solid var(--_line);
    scrollbar-width: thin;
  }
  .tab {
    flex: none;
    min-height: var(--_target);
    padding: 4px 12px;
    border: 0;
    border-bottom: 3px solid transparent;
    background: none;
    color: var(--_muted);
    font: inherit;
    white-space: nowrap;
    cursor: pointer;
  }
  .tab:hover {
    color: var(--_text);
  }
  .tab[aria-selected='true'] {
    border-bottom-color: var(--_accent);
    color: var(--_accent);
    font-weight: 600;
  }
  .room,
  .count {
    display: inline-block;
    box-sizing: border-box;
    min-width: 3.2em;
    padding: 0 6px;
    border-radius: 99px;
    background: var(--_sunken);
    color: var(--_muted);
    font-size: var(--_small);
    font-weight: 400;
    line-height: 1.6;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }
  .room {
    visibility: hidden;
  }
  .tab[aria-selected='true'] .count {
    background: var(--_tint);
    color: var(--_accent);
  }
  .filters {
    display: grid;
    gap: 12px;
    margin-bottom: 12px;
  }
  .chips,
  ul.chosen {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  ul.chosen {
    margin: 0 0 12px;
    padding: 0;
    list-style: none;
  }
  .button.chip {
    padding: 4px 14px;
    border-color: var(--_line);
    border-radius: 99px;
    background: var(--_surface);
    color: var(--_text);
  }
  .button.chip[aria-pressed='true'],
  ul.chosen .chip {
    border-color: var(--_accent);
    background: var(--_tint);
    color: var(--_accent);
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(200px, 1fr));
    gap: 12px;
  }
  .plain-set {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .plain-set legend {
    padding: 0;
  }
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
  .note.warn {
    background: var(--_warn-tint);
    color: var(--_warn);
  }
  .note[part='offline'] {
    display: flex;
    gap: 8px;
    align-items: flex-start;
    margin: 0 0 12px;
  }
  .note[part='offline'] svg {
    margin-top: 0.2em;
  }
  .toast {
    position: sticky;
    bottom: 8px;
    z-index: 3;
    display: flex;
    gap: 8px;
    align-items: center;
    margin-top: 12px;
    border: 1px solid var(--_line);
  }
  .toast span {
    flex: 1;
  }
  .row-between {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: center;
    justify-content: space-between;
  }
  @media (max-width: 480px) {
    .switch {
      flex: 1;
    }
    .switch .button {
      flex: 1;
    }
  }
  @media (forced-colors: active) {
    .tab[aria-selected='true'],
    .quiet[aria-pressed='true'],
    .quiet[aria-expanded='true'],
    .button.chip[aria-pressed='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .note {
      border: 1px solid;
    }
  }
  @media print {
    .toolbar,
    .tabs,
    .chosen,
    .filters,
    .pill,
    .toast,
    .tracker[data-open] > .main,
    .actions,
    .detail .top,
    .waiting {
      display: none !important;
    }
    .tracker[data-open] {
      display: block !important;
    }
  }
`
