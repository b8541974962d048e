import { css } from 'lit'

/** Issues of the list and of the board, and the badges and clocks that the detail shows, too. */
export const rowStyles = css`
  .list {
    display: grid;
    gap: 10px;
    margin: 0;
    padding: 0;
    list-style: none;
    outline-offset: 4px;
  }
  .item {
    position: relative;
    padding: 14px 16px 12px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    /* A long list lays out only what is near; the room is kept. */
    content-visibility: auto;
    contain-intrinsic-size: 118px;
  }
  .item:hover {
    border-color: var(--_accent);
  }
  .item[aria-current='true'] {
    border-color: var(--_accent);
    background: var(--_tint);
    box-shadow: inset 4px 0 0 var(--_accent);
  }
  .item.gone {
    border-style: dashed;
    background: var(--_sunken);
  }
  .item h2,
  .item h3 {
    margin: 6px 0 2px;
    font-size: var(--_size);
    font-weight: 600;
    line-height: 1.5;
  }
  .open {
    display: -webkit-box;
    overflow: hidden;
    width: 100%;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  /* The whole of it is pressed. */
  .open::after {
    content: '';
    position: absolute;
    top: 0;
    right: 0;
    bottom: 0;
    left: 0;
  }
  .open:focus-visible {
    outline: none;
  }
  .open:focus-visible::after {
    border-radius: var(--_radius);
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .line,
  .badges {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    align-items: center;
  }
  .line:empty {
    display: none;
  }
  /* With the whole width there is room beside the title for the clock and who has it. */
  .tracker[data-width='wide']:not([data-open]) #issues .item {
    display: grid;
    grid-template-columns: 12em minmax(0, 1fr) 17em;
    grid-template-areas: 'line title foot' 'line meta foot';
    gap: 0 20px;
    align-items: center;
    contain-intrinsic-size: 84px;
  }
  .tracker[data-width='wide']:not([data-open]) #issues .line {
    grid-area: line;
  }
  .tracker[data-width='wide']:not([data-open]) #issues h2 {
    grid-area: title;
    margin: 0;
  }
  .tracker[data-width='wide']:not([data-open]) #issues .meta {
    grid-area: meta;
  }
  .tracker[data-width='wide']:not([data-open]) #issues .foot {
    flex-direction: column;
    grid-area: foot;
    align-items: flex-start;
    margin: 0;
  }
  .meta {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    align-items: center;
    margin: 0;
  }
  .foot {
    margin-top: 4px;
    min-height: 1.6em;
  }
  .badge,
  .mark {
    display: inline-block;
    padding: 1px 8px;
    border-radius: 4px;
    background: var(--_tint);
    color: var(--_accent);
    font-size: var(--_small);
    line-height: 1.6;
    white-space: nowrap;
  }
  .badge[data-state='closed'],
  .badge[data-state='merged'],
  .badge[data-part='returned'],
  .badge[data-part='released'] {
    background: var(--_sunken);
    color: var(--_muted);
  }
  .badge[data-state='submitted'],
  .badge[data-state='triaged'] {
    background: var(--_warn-tint);
    color: var(--_warn);
  }
  .badge[data-state='jointConsultation'],
  .badge[data-level='urgent'] {
    background: var(--_danger-tint);
    color: var(--_danger);
  }
  .badge[data-level='high'] {
    background: var(--_warn-tint);
    color: var(--_warn);
  }
  .mark {
    border: 1px solid var(--_edge);
    background: transparent;
    color: var(--_text);
    line-height: 1.45;
  }
  .clock {
    display: inline-flex;
    gap: 4px;
    align-items: center;
    color: var(--_muted);
    font-size: var(--_small);
    font-variant-numeric: tabular-nums;
  }
  .clock[data-state='soon'] {
    color: var(--_warn);
    font-weight: 600;
  }
  .clock[data-state='breached'] {
    color: var(--_danger);
    font-weight: 600;
  }
  @media (forced-colors: active) {
    .badge {
      border: 1px solid;
    }
  }
  @media print {
    .item {
      content-visibility: visible;
      break-inside: avoid;
    }
  }
`
