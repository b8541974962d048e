import { css } from 'lit'

/** What stands there before the rest of the tracker has come, with its heights. */
export const styles = css`
  :host {
    min-height: 480px;
  }
  .bones {
    display: grid;
    gap: 12px;
  }
  .bone {
    height: 118px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background:
      linear-gradient(var(--_sunken), var(--_sunken)) 16px 18px / 62% 20px no-repeat,
      linear-gradient(var(--_sunken), var(--_sunken)) 16px 52px / 40% 14px no-repeat,
      linear-gradient(var(--_sunken), var(--_sunken)) 16px 82px / 52% 14px no-repeat,
      var(--_surface);
  }
  .bones > .bar {
    height: calc(var(--_target) + 52px);
    border-radius: var(--_radius);
    background: var(--_sunken);
  }
  .plain {
    margin: 0;
    padding: 32px 16px;
    text-align: center;
  }
  .plain p {
    margin: 0 0 12px;
  }
`
