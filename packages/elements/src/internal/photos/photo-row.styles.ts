import { css } from 'lit'

export const photoStyles = css`
  .photos {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin: 12px 0 0;
    padding: 0;
    list-style: none;
  }
  .photo {
    position: relative;
    width: 104px;
    height: 104px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_sunken);
    overflow: hidden;
  }
  :host([elder]) .photo {
    width: 136px;
    height: 136px;
  }
  .photo canvas {
    display: block;
    width: 100%;
    height: 100%;
  }
  .wait {
    position: absolute;
    top: 50%;
    width: 100%;
    margin-top: -0.8em;
    text-align: center;
  }
  .over {
    position: absolute;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    min-width: 36px;
    min-height: 36px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    cursor: pointer;
    background: rgba(0, 0, 0, 0.62);
    color: #fff;
    font: inherit;
    font-size: 20px;
    line-height: 1;
  }
  :host([elder]) .over {
    min-width: 48px;
    min-height: 48px;
  }
  .over:hover {
    background: #000;
    color: #fff;
  }
  .over:focus-visible {
    outline-color: #fff;
    outline-offset: -4px;
  }
  .remove {
    top: 2px;
    right: 2px;
  }
  .left {
    bottom: 2px;
    left: 2px;
  }
  .right {
    right: 2px;
    bottom: 2px;
  }
`
