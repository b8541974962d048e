import { css } from 'lit'

// What Leaflet needs of its own stylesheet for tiles and one mark, and the looks of ours around it.
export const mapStyles = css`
  .map {
    margin-top: 8px;
  }
  .map-box {
    position: relative;
    z-index: 0;
  }
  .map-canvas {
    position: relative;
    height: 240px;
    overflow: hidden;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_sunken);
    -webkit-tap-highlight-color: transparent;
  }
  :host([elder]) .map-canvas {
    height: 300px;
  }
  .leaflet-pane,
  .leaflet-layer,
  .leaflet-tile,
  .leaflet-tile-container,
  .leaflet-marker-icon {
    position: absolute;
    top: 0;
    left: 0;
  }
  .leaflet-tile,
  .leaflet-marker-icon {
    user-select: none;
    -webkit-user-drag: none;
  }
  .leaflet-tile {
    visibility: hidden;
    max-width: none;
    max-height: none;
    padding: 0;
  }
  .leaflet-tile-loaded {
    visibility: inherit;
  }
  .leaflet-pane {
    z-index: 400;
  }
  .leaflet-tile-pane {
    z-index: 200;
  }
  .leaflet-marker-pane {
    z-index: 600;
  }
  .leaflet-zoom-animated {
    transform-origin: 0 0;
  }
  .leaflet-zoom-anim .leaflet-zoom-animated {
    transition: transform 0.25s cubic-bezier(0, 0, 0.25, 1);
  }
  .leaflet-zoom-anim .leaflet-zoom-hide {
    visibility: hidden;
  }
  .leaflet-touch-zoom {
    touch-action: pan-x pan-y;
  }
  .leaflet-touch-drag {
    touch-action: none;
  }
  .leaflet-grab {
    cursor: grab;
  }
  .map-pin,
  .map-pin span {
    display: flex;
    align-items: flex-end;
    justify-content: center;
  }
  .map-pin svg {
    width: 40px;
    height: 40px;
    fill: #fff;
    stroke: #b3261e;
  }
  .map-pin.leaflet-interactive {
    cursor: move;
    touch-action: none;
  }
  .map-pin:focus-visible {
    border-radius: var(--_radius);
  }
  .map-tools {
    position: absolute;
    top: 9px;
    right: 9px;
    z-index: 1000;
    display: flex;
    flex-direction: column;
    gap: 8px;
    align-items: flex-end;
  }
  .map-tools .button {
    min-width: max(44px, var(--_target));
    min-height: max(44px, var(--_target));
    padding: 4px 10px;
    border-color: var(--_edge);
    background: var(--_surface);
  }
  .map-tools .button:hover {
    background: var(--_tint);
  }
  .map-credit {
    position: absolute;
    right: 1px;
    bottom: 1px;
    z-index: 1000;
    max-width: calc(100% - 2px);
    margin: 0;
    padding: 0 6px;
    border-radius: var(--_radius) 0 var(--_radius);
    background: var(--_surface);
    color: var(--_muted);
    font-size: var(--_small);
    opacity: 0.9;
  }
  .map-where {
    margin: 4px 0 0;
  }
`
