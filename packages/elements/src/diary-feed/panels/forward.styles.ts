import { css } from 'lit'

/** Making an issue of a diary. */
export const forwardStyles = css`
  .forward .solved {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-height: max(44px, var(--_target));
    cursor: pointer;
  }
  .forward .solved input {
    width: 1.2em;
    height: 1.2em;
    margin: 0;
    accent-color: var(--_accent);
  }
  .forward summary {
    min-height: max(44px, var(--_target));
    padding: 8px 0;
    color: var(--_accent);
    cursor: pointer;
  }
  .forward .grid {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(180px, 1fr));
    gap: 8px 12px;
  }
  .forward .grid .field {
    display: block;
    margin-top: 4px;
  }
`
