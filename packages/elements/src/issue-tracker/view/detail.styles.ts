import { css } from 'lit'

/** The opened issue. */
export const detailStyles = css`
  .detail {
    min-width: 0;
  }
  .tracker[data-width='wide'] > .detail {
    position: sticky;
    top: 0;
    max-height: 100vh;
    padding: 4px 20px 20px;
    overflow-y: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_sunken);
  }
  .detail .top {
    margin: 0 0 8px;
  }
  .detail h2 {
    margin: 8px 0 0;
    font-size: 1.375em;
    line-height: 1.4;
    outline-offset: 4px;
  }
  .detail h3 {
    margin: 0 0 10px;
    font-size: 1.0625em;
  }
  .detail h4 {
    margin: 14px 0 6px;
    font-size: 1em;
  }
  .detail p {
    margin: 0 0 6px;
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .columns {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr));
    gap: 14px;
    align-items: start;
    margin-top: 14px;
  }
  .first,
  .second {
    display: grid;
    gap: 14px;
    min-width: 0;
  }
  .box {
    min-width: 0;
    padding: 16px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .box.answer {
    border-left: 4px solid var(--_accent);
  }
  .said {
    white-space: pre-wrap;
  }
  .facts {
    display: grid;
    gap: 6px;
    margin: 12px 0 0;
    padding-top: 12px;
    border-top: 1px solid var(--_line);
  }
  .facts > div {
    display: grid;
    grid-template-columns: 5.5em minmax(0, 1fr);
    gap: 8px;
    align-items: baseline;
  }
  .facts dt {
    color: var(--_muted);
    font-size: var(--_small);
  }
  .facts dd {
    margin: 0;
  }
  .facts a {
    display: inline-flex;
    align-items: center;
    min-height: var(--_target);
    color: var(--_accent);
  }
  .placed {
    display: inline-flex;
    gap: 4px;
    align-items: center;
  }
  .actions {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin: 12px 0;
  }
  .tracker[data-width='narrow'] .actions {
    position: sticky;
    top: 0;
    z-index: 2;
    margin: 12px 0;
    padding: 8px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .tracker[data-width='narrow'] .actions > .button:not(.more) {
    flex: 1;
  }
  .button.second {
    border-color: var(--_accent);
    background: var(--_surface);
    color: var(--_accent);
  }
  .menu {
    position: absolute;
    top: 100%;
    left: 0;
    z-index: 4;
    min-width: min(100%, 260px);
    max-height: 60vh;
    margin: 4px 0 0;
    padding: 6px;
    overflow-y: auto;
    list-style: none;
    box-shadow: 0 6px 24px rgba(0, 0, 0, 0.22);
  }
  .menu .button {
    justify-content: flex-start;
    width: 100%;
    color: var(--_text);
  }
  .actions .grave-text {
    border-color: var(--_danger);
    color: var(--_danger);
  }
  .menu .button.grave-text {
    border-color: transparent;
  }
  .score {
    display: flex;
    gap: 6px;
    align-items: baseline;
  }
  .score strong {
    font-size: 1.75em;
    line-height: 1.2;
    font-variant-numeric: tabular-nums;
  }
  .score[data-level='urgent'] strong {
    color: var(--_danger);
  }
  .score[data-level='high'] strong {
    color: var(--_warn);
  }
  .sum,
  .parts,
  .suggested {
    display: grid;
    gap: 6px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .sum li,
  .suggested li {
    display: flex;
    gap: 12px;
    align-items: center;
    justify-content: space-between;
  }
  .suggested li + li,
  .parts li + li {
    padding-top: 10px;
    border-top: 1px solid var(--_line);
  }
  .parts {
    gap: 12px;
  }
  .suggested .button:not(.link) {
    flex: none;
  }
  .suggested li > span > .small {
    display: block;
  }
  .link {
    min-height: 24px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_accent);
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  :host([elder]) .link {
    min-height: 44px;
  }
  .link:hover {
    text-decoration: underline;
  }
  .part[data-state='returned'],
  .part[data-state='released'] {
    color: var(--_muted);
  }
  .clock-panel {
    margin: 6px 0;
  }
  .clock-panel p {
    margin: 0;
  }
  .bar {
    display: block;
    width: 100%;
    height: 6px;
    margin: 4px 0;
    stroke: none;
    overflow: visible;
  }
  .bar .track {
    fill: var(--_line);
  }
  .bar .fill {
    fill: var(--_accent);
  }
  [data-state='soon'] .bar .fill {
    fill: var(--_warn);
  }
  [data-state='breached'] .bar .fill {
    fill: var(--_danger);
  }
  [data-state='stopped'] .bar .fill,
  [data-state='paused'] .bar .fill {
    fill: var(--_edge);
  }
  .bones > .bar {
    height: calc(var(--_target) + 52px);
    margin: 0;
  }
  blockquote {
    margin: 4px 0 6px;
    padding: 6px 12px;
    border-left: 3px solid var(--_line);
    background: var(--_sunken);
    white-space: pre-wrap;
  }
  .timeline {
    display: grid;
    gap: 0;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .timeline li {
    position: relative;
    padding: 0 0 16px 22px;
  }
  .timeline li::before {
    content: '';
    position: absolute;
    top: 0.5em;
    left: 2px;
    width: 10px;
    height: 10px;
    border: 2px solid var(--_accent);
    border-radius: 50%;
    background: var(--_surface);
  }
  .timeline li::after {
    content: '';
    position: absolute;
    top: calc(0.5em + 14px);
    bottom: -0.4em;
    left: 8px;
    width: 2px;
    background: var(--_line);
  }
  .timeline li:last-child {
    padding-bottom: 0;
  }
  .timeline li:last-child::after {
    display: none;
  }
  .timeline [data-tone='bad']::before {
    border-color: var(--_danger);
    background: var(--_danger);
  }
  .timeline [data-tone='warn']::before {
    border-color: var(--_warn);
    background: var(--_warn);
  }
  .timeline [data-tone='good']::before {
    background: var(--_accent);
  }
  .timeline p {
    margin: 0;
  }
  .pictures {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(84px, 1fr));
    gap: 6px;
    max-width: 420px;
    margin: 8px 0;
  }
  .picture {
    position: relative;
    height: 84px;
    padding: 0;
    overflow: hidden;
    border: 0;
    border-radius: 6px;
    background: var(--_sunken);
    cursor: zoom-in;
  }
  .picture img {
    display: block;
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .rated {
    color: var(--_warn);
    letter-spacing: 2px;
  }
  .problem {
    color: var(--_danger);
  }
  @media print {
    .tracker[data-width='wide'] > .detail {
      position: static;
      max-height: none;
      padding: 0;
      overflow: visible;
      border: 0;
      background: none;
    }
    .box,
    .timeline li {
      break-inside: avoid;
      border-color: #999;
    }
    .columns {
      display: block;
    }
    .box .button {
      display: none;
    }
  }
`
