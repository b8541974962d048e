import { css } from 'lit'

/** What is seen before the first diary: the room that is kept. */
export const styles = css`
  .bar {
    min-height: calc(var(--_target) + 12px);
    padding-bottom: 12px;
  }
  .bar.chosen {
    min-height: calc(var(--_target) * 2 + 24px);
  }
  article,
  .bone {
    margin: 0 0 12px;
    contain: layout style;
  }
  .bone {
    height: 184px;
    background:
      linear-gradient(var(--_sunken), var(--_sunken)) 16px 20px / 160px 36px no-repeat,
      linear-gradient(var(--_sunken), var(--_sunken)) 16px 76px / 85% 48px no-repeat,
      var(--_surface);
  }
  /* What stands at the end moves down when diaries come in between: the reader must not move with it. */
  .below ~ * {
    overflow-anchor: none;
  }
  .plain {
    margin: 0;
    padding: 24px 16px;
    text-align: center;
  }
`
