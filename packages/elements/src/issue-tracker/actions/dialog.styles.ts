import { css } from 'lit'

/** A form over the page: in the middle of a desk, from edge to edge on a phone. */
export const dialogStyles = css`
  /* Chromium 86 puts a dialog in the middle once: one that grows is pushed out of the window. */
  .dialog {
    position: fixed;
    top: 0;
    right: 0;
    bottom: 0;
    left: 0;
    width: 560px;
    height: fit-content;
    margin: auto;
    max-width: calc(100vw - 32px);
    max-height: calc(100vh - 48px);
    padding: 0;
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: 12px;
    background: var(--_surface);
    color: var(--_text);
    box-shadow: 0 12px 48px rgba(0, 0, 0, 0.32);
  }
  .dialog[open] {
    display: flex;
  }
  .dialog::backdrop {
    background: rgba(10, 18, 16, 0.5);
  }
  .dialog form {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }
  .dialog header {
    padding: 18px 20px 10px;
    border-bottom: 1px solid var(--_line);
  }
  .dialog h2 {
    margin: 0;
    font-size: 1.25em;
  }
  .dialog p {
    margin: 0;
  }
  .dialog .questions {
    display: grid;
    flex: 1;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    align-content: start;
    padding: 16px 20px;
    overflow-y: auto;
  }
  .dialog .note ul {
    margin: 8px 0 0;
    padding-left: 1.2em;
  }
  .dialog footer {
    display: flex;
    gap: 8px;
    align-items: center;
    justify-content: flex-end;
    padding: 12px 20px;
    border-top: 1px solid var(--_line);
    background: var(--_sunken);
  }
  .dialog footer [role='status'] {
    flex: 1;
  }
  .button.grave {
    background: var(--_danger);
    color: var(--_surface);
  }
  .dialog [aria-disabled='true'] {
    background: var(--_sunken);
    color: var(--_muted);
  }
  @media (max-width: 560px) {
    .dialog {
      width: 100vw;
      max-width: 100vw;
      height: 100%;
      max-height: 100%;
      margin: 0;
      border: 0;
      border-radius: 0;
    }
  }
`
