import { css } from 'lit'

/** Rating and reopening. */
export const verdictStyles = css`
  .verdict {
    display: block;
    margin-top: 16px;
    padding-top: 12px;
    border-top: 1px solid var(--_line);
  }
  .verdict fieldset {
    min-width: 0;
    margin: 0 0 12px;
    padding: 0;
    border: 0;
  }
  .verdict legend,
  .block {
    padding: 0;
    font-weight: 600;
  }
  .block {
    display: block;
    margin-bottom: 12px;
  }
  .block .field {
    display: block;
    margin-top: 6px;
    font-weight: 400;
    resize: vertical;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-top: 6px;
  }
  .rate {
    display: grid;
    grid-template-columns: repeat(5, minmax(0, 96px));
    margin-top: 6px;
  }
  .pick,
  .star {
    position: relative;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    min-height: max(44px, var(--_target));
    cursor: pointer;
  }
  .pick {
    padding: 0 18px;
    border: 1px solid var(--_edge);
    border-radius: 99px;
  }
  .pick.on {
    border-color: var(--_accent);
    background: var(--_tint);
    color: var(--_accent);
    font-weight: 600;
  }
  .pick input,
  .star input {
    position: absolute;
    opacity: 0;
  }
  .star {
    flex-direction: column;
    justify-content: flex-start;
    padding: 4px 2px;
    border-radius: var(--_radius);
    line-height: 1.3;
    text-align: center;
  }
  .star > :nth-child(2) {
    color: var(--_muted);
    font-size: 1.8em;
    line-height: 1.1;
  }
  .star.on > :nth-child(2) {
    color: var(--_warn);
  }
  .word {
    font-size: var(--_small);
  }
  .pick:focus-within,
  .star:focus-within {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  @media (forced-colors: active) {
    .pick.on {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`
