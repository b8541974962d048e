import { css } from 'lit'

/** Questions of forms and filters. */
export const fieldStyles = css`
  .question {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .question > label,
  .question > legend,
  .filters label,
  .filters legend {
    display: block;
    padding: 0;
    margin-bottom: 4px;
    font-weight: 600;
  }
  .filters label,
  .filters legend {
    font-weight: 400;
  }
  .filters label {
    margin: 0;
  }
  .filters label > .field {
    margin-top: 4px;
  }
  .question p {
    margin: 4px 0 0;
  }
  .must,
  .problem {
    color: var(--_danger);
  }
  textarea.field {
    display: block;
    line-height: 1.6;
    resize: vertical;
  }
  .field[aria-invalid='true'] {
    border-color: var(--_danger);
    box-shadow: 0 0 0 1px var(--_danger);
  }
  .field.short {
    width: 8em;
  }
  .selects {
    display: grid;
    gap: 8px;
  }
  .options {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
  }
  div.options {
    display: grid;
    max-height: 260px;
    overflow-y: auto;
  }
  .option {
    display: inline-flex;
    gap: 8px;
    align-items: center;
    min-height: var(--_target);
    cursor: pointer;
  }
  .option input,
  .star input {
    flex: none;
    width: 20px;
    height: 20px;
    margin: 0;
    accent-color: var(--_accent);
  }
  .row-fields {
    display: flex;
    gap: 8px;
  }
  .row-fields .button {
    flex: none;
  }
  .stars {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .star {
    position: relative;
    display: inline-flex;
    flex-direction: column;
    align-items: center;
    min-width: 64px;
    min-height: var(--_target);
    padding: 6px 4px;
    border-radius: var(--_radius);
    color: var(--_muted);
    font-size: var(--_small);
    cursor: pointer;
  }
  .star svg {
    width: 30px;
    height: 30px;
  }
  .star[data-on] {
    color: var(--_warn);
  }
  .star[data-on] svg {
    fill: currentColor;
  }
  .star input {
    position: absolute;
    opacity: 0;
  }
  :host([elder]) .star {
    flex: 1 0 100%;
    flex-direction: row;
    gap: 12px;
  }
  .star:focus-within {
    outline: 2px solid var(--_accent);
    outline-offset: 1px;
  }
  .target {
    display: grid;
    gap: 8px;
    margin-bottom: 10px;
    padding: 10px 12px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  .day-field {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
  }
  .day-button {
    flex: 1 1 200px;
    width: auto;
    text-align: start;
    cursor: pointer;
  }
  .day-field .chips {
    flex: 1 0 100%;
    gap: 6px;
  }
  .day-field .chip {
    padding: 2px 10px;
    font-size: var(--_small);
  }
  .month {
    flex: 1 0 100%;
    padding: 8px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  .month table {
    width: 100%;
    border-collapse: collapse;
    table-layout: fixed;
    text-align: center;
  }
  .month th {
    color: var(--_muted);
    font-size: var(--_small);
    font-weight: 400;
  }
  .month td {
    padding: 1px;
  }
  .day {
    display: inline-flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    width: 100%;
    min-height: max(46px, var(--_target));
    line-height: 1.2;
    padding: 0;
    border: 1px solid transparent;
    border-radius: 6px;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  .day:hover {
    background: var(--_tint);
  }
  .day[aria-disabled='true'] {
    color: var(--_muted);
    background: none;
    cursor: default;
  }
  .day[data-off] {
    background: var(--_sunken);
  }
  .day[data-off]::after {
    content: attr(data-off);
    font-size: var(--_small);
    line-height: 1.1;
  }
  .day[aria-current] {
    border-color: var(--_edge);
  }
  [aria-selected='true'] > .day {
    background: var(--_accent);
    color: var(--_on-accent);
  }
`
