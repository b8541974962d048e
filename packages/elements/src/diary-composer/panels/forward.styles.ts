import { css } from 'lit'

/** The switch stands beside the area, where there is room, so that nothing moves when it comes. */
export const forwardStyles = css`
  .where {
    flex-wrap: wrap;
  }
  .where > .forward {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-height: var(--_target);
    margin-left: auto;
    cursor: pointer;
  }
  .forward input {
    position: relative;
    flex: none;
    width: 40px;
    height: 24px;
    margin: 0;
    border: 1px solid var(--_edge);
    border-radius: 99px;
    background: var(--_sunken);
    cursor: pointer;
    appearance: none;
    -webkit-appearance: none;
  }
  .forward input::before {
    content: '';
    position: absolute;
    top: 3px;
    left: 3px;
    width: 16px;
    height: 16px;
    border-radius: 50%;
    background: var(--_edge);
  }
  .forward input:checked {
    border-color: var(--_accent);
    background: var(--_accent);
  }
  .forward input:checked::before {
    left: 19px;
    background: var(--_on-accent);
  }
  :host([elder]) .forward input {
    width: 76px;
    height: 44px;
  }
  :host([elder]) .forward input::before {
    top: 5px;
    left: 5px;
    width: 32px;
    height: 32px;
  }
  :host([elder]) .forward input:checked::before {
    left: 37px;
  }
  .where > .solved {
    flex: 1 1 100%;
  }
  @media (forced-colors: active) {
    .forward input {
      appearance: auto;
      -webkit-appearance: auto;
    }
    .forward input::before {
      content: none;
    }
  }
`
