import { css } from 'lit'

/** Shared by the parts that are loaded when first used. */
export const panelStyles = css`
  .panel {
    margin-top: 12px;
  }
  .panel > label {
    display: block;
    margin-bottom: 6px;
    color: var(--_muted);
    font-size: var(--_small);
  }
  .row,
  .chips {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .row > .field,
  .chips > .field {
    flex: 1 1 9em;
    width: auto;
    min-width: 0;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    padding-left: 12px;
    border-radius: 99px;
    background: var(--_tint);
  }
  .bare {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    min-width: var(--_target);
    min-height: var(--_target);
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--_muted);
    font: inherit;
    cursor: pointer;
  }
  .bare:hover {
    color: var(--_text);
  }
  .choice {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: var(--_target);
    margin-right: 8px;
  }
  .choice input {
    width: 1.2em;
    height: 1.2em;
    margin: 0;
    accent-color: var(--_accent);
  }
`
