import { css } from 'lit'

/** Columns of their own width that scroll sideways together; each column scrolls by itself. */
export const boardStyles = css`
  .board {
    display: grid;
    grid-auto-columns: minmax(264px, 1fr);
    grid-auto-flow: column;
    gap: 12px;
    width: 0;
    min-width: 100%;
    padding-bottom: 8px;
    overflow-x: auto;
  }
  .board.one {
    display: block;
    width: auto;
    overflow: visible;
  }
  .column {
    min-width: 0;
    padding: 10px;
    border-radius: var(--_radius);
    background: var(--_sunken);
  }
  .board:not(.one) > .column {
    max-height: 78vh;
    min-height: 240px;
    overflow-y: auto;
  }
  .column .head {
    display: flex;
    justify-content: space-between;
    margin: 0 2px 10px;
    font-size: var(--_size);
  }
  .column .head .count {
    background: var(--_surface);
  }
  .board.one .head {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip: rect(0 0 0 0);
  }
  .column .item {
    padding: 10px 12px;
  }
  .column .plain {
    padding: 16px 8px;
  }
  @media print {
    .board {
      display: block;
    }
    .board > .column {
      max-height: none;
      margin-bottom: 12px;
    }
  }
`
