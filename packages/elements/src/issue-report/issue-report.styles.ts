import { css } from 'lit'

/** What is seen at once; the room of what comes later is kept. */
export const styles = css`
  .name {
    display: block;
    margin-bottom: 6px;
    font-weight: 600;
  }
  textarea.field {
    display: block;
    min-height: 7.2em;
    padding: 10px 12px;
    resize: vertical;
  }
  p {
    margin: 0;
  }
  .over-limit {
    color: var(--_danger);
  }
  .bones {
    min-height: 320px;
  }
  .send {
    width: 100%;
    min-height: max(48px, var(--_target));
    margin-top: 16px;
    font-weight: 600;
  }
  .status {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    margin-top: 12px;
  }
`
