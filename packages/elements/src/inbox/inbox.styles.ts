import { css } from 'lit'

/** The room that is kept before the first message. */
export const styles = css`
  .bar {
    min-height: calc(max(44px, var(--_target)) + 12px);
  }
  .bone {
    min-height: 240px;
    background:
      linear-gradient(var(--_sunken), var(--_sunken)) 16px 20px / 70% 20px no-repeat,
      linear-gradient(var(--_sunken), var(--_sunken)) 16px 92px / 80% 20px no-repeat,
      linear-gradient(var(--_sunken), var(--_sunken)) 16px 164px / 60% 20px no-repeat,
      var(--_surface);
  }
  .plain {
    margin: 0;
    padding: 24px 16px;
    text-align: center;
  }
`
