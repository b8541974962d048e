import { css } from 'lit'

/** The fields that come later, and the receipt. */
export const formStyles = css`
  fieldset {
    min-width: 0;
    margin: 16px 0 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0;
  }
  .name .small {
    margin-left: 4px;
    font-weight: 400;
  }
  .fields > .name {
    margin-top: 16px;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .row > .field {
    flex: 1 1 9em;
    width: auto;
    min-width: 0;
  }
  fieldset > .field,
  fieldset > .small {
    margin-top: 8px;
  }
  .row:empty + .field {
    margin-top: 0;
  }
  .pickers {
    margin: 4px 0 0 -10px;
  }
  .status:empty {
    display: none;
  }
  .status .quiet {
    color: inherit;
    font-weight: 600;
    text-decoration: underline;
  }
  progress {
    width: 100%;
    height: 8px;
    accent-color: var(--_accent);
  }
  .done {
    margin: 0 0 12px;
    font-size: var(--_large);
  }
  .done::before {
    content: '✓ ';
    color: var(--_accent);
  }
  .receipt {
    padding: 14px 12px 8px;
    border: 1px dashed var(--_accent);
    border-radius: var(--_radius);
    background: var(--_tint);
    text-align: center;
  }
  .receipt strong {
    display: block;
    font:
      600 26px/1.5 ui-monospace,
      'Cascadia Mono',
      Consolas,
      monospace;
    letter-spacing: 0.02em;
    user-select: all;
  }
  .tools {
    justify-content: center;
    text-align: center;
  }
  .tools .quiet {
    text-decoration: none;
  }
  .keep {
    margin: 12px 0;
  }
  @media (max-width: 420px) {
    .receipt strong {
      font-size: 22px;
    }
  }
  @media print {
    form,
    .tools {
      display: none;
    }
  }
`
