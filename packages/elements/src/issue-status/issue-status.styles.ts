import { css } from 'lit'

/** The room that is kept before the first report. */
export const styles = css`
  .bone {
    min-height: 220px;
    background:
      linear-gradient(var(--_sunken), var(--_sunken)) 16px 20px / 70% 24px no-repeat,
      linear-gradient(var(--_sunken), var(--_sunken)) 16px 72px / calc(100% - 32px) 48px no-repeat,
      linear-gradient(var(--_sunken), var(--_sunken)) 16px 144px / 50% 24px no-repeat,
      var(--_surface);
  }
  .plain {
    margin: 0;
    padding: 24px 16px;
    text-align: center;
  }
`
