import { css } from 'lit'

export const viewerStyles = css`
  .viewer {
    position: fixed;
    top: 0;
    left: 0;
    width: 100%;
    height: 100%;
    max-width: none;
    max-height: none;
    margin: 0;
    padding: 12px;
    border: 0;
    background: #101413;
    color: #f2f5f4;
    touch-action: pan-y pinch-zoom;
  }
  .viewer[open] {
    display: flex;
    flex-direction: column;
    gap: 12px;
  }
  .stage {
    flex: 1;
    min-height: 0;
    display: flex;
    flex-direction: column;
    gap: 12px;
    align-items: center;
    justify-content: center;
  }
  .stage img {
    max-width: 100%;
    max-height: 100%;
    width: auto;
    height: auto;
    object-fit: contain;
  }
  .viewer .controls {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
    justify-content: center;
  }
  .viewer .button {
    border-color: #7f8e8a;
    background: #232c2a;
    color: #f2f5f4;
  }
  .viewer .button[aria-disabled='true'] {
    border-color: transparent;
    color: #a7b4b0;
  }
  .viewer :focus-visible {
    outline-color: #63cdb8;
  }
`
