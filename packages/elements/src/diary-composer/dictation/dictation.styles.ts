import { css } from 'lit'

export const dictationStyles = css`
  .speak[aria-pressed='true'] {
    background: var(--_tint);
    font-weight: 600;
  }
  .speak[aria-pressed='true'] svg {
    color: var(--_danger);
  }
  .heard {
    display: flex;
    gap: 8px;
    margin: 8px 0 0;
    color: var(--_muted);
  }
  .heard svg {
    flex: none;
    margin-top: 0.2em;
    color: var(--_danger);
    animation: speak 1.6s ease-in-out infinite;
  }
  @keyframes speak {
    50% {
      opacity: 0.35;
    }
  }
  @media (forced-colors: active) {
    .speak[aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`
