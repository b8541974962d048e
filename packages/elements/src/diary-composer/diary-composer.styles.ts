import { css } from 'lit'

// .where keeps its room from the start: the areas are known later, and nothing may move then.
export const composerStyles = css`
  form {
    position: relative;
  }
  fieldset {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .kinds {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-bottom: 12px;
  }
  .kinds label {
    display: inline-flex;
    align-items: center;
    min-height: var(--_target);
    padding: 0 14px;
    border: 1px solid var(--_line);
    border-radius: 99px;
    cursor: pointer;
  }
  .kinds input {
    position: absolute;
    opacity: 0;
  }
  .kinds .on {
    border-color: var(--_accent);
    background: var(--_tint);
    color: var(--_accent);
    font-weight: 600;
  }
  .kinds label:focus-within {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  textarea.field {
    display: block;
    min-height: 7.2em;
    max-height: 60vh;
    padding: 10px 12px;
    font-size: var(--_large);
    resize: none;
  }
  .under {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 4px 12px;
    margin: 4px 0 0;
  }
  .tags {
    color: var(--_accent);
  }
  .over-limit {
    color: var(--_danger);
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
    margin: 8px 0 0 -10px;
  }
  .bar .publish {
    margin-left: auto;
    padding: 4px 28px;
    font-weight: 600;
  }
  .where,
  .where p {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: var(--_target);
    margin: 0;
  }
  .where {
    margin-top: 8px;
  }
  .where .field {
    flex: 1;
  }
  .status {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
  }
  .status:not(:empty) {
    margin-top: 12px;
  }
  .status .quiet {
    color: inherit;
    font-weight: 600;
    text-decoration: underline;
  }
  @media (forced-colors: active) {
    .kinds .on {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
  @media print {
    :host {
      display: none !important;
    }
  }
`
