import { css } from 'lit'

/** Shared by the panels that open in a card. */
export const panelStyles = css`
  .panels > * {
    display: block;
    margin-top: 16px;
    padding-top: 12px;
    border-top: 1px solid var(--_line);
  }
  .panels h4 {
    margin: 0 0 8px;
    font-size: 1em;
  }
  .panels ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .comment {
    padding: 8px 0;
  }
  .comment + .comment {
    border-top: 1px solid var(--_line);
  }
  .comment.accepted {
    padding: 8px 12px;
    border: 0;
    border-left: 3px solid var(--_accent);
    background: var(--_sunken);
  }
  .said {
    white-space: pre-wrap;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
  }
  .row.end {
    justify-content: flex-end;
    padding: 8px 0 0;
  }
  .write {
    display: flex;
    gap: 8px;
    align-items: flex-end;
    margin-top: 8px;
  }
  .write label {
    flex: 1;
    min-width: 0;
  }
  textarea.field {
    display: block;
    min-height: 2.6em;
    line-height: 1.6;
    resize: vertical;
  }
  .panels .note {
    margin: 8px 0;
  }
  .both {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(220px, 1fr));
    gap: 12px;
    margin: 8px 0;
  }
  .both > div {
    padding: 8px 12px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    white-space: pre-wrap;
  }
  .panels ins {
    background: var(--_tint);
    text-decoration: underline;
  }
  .panels del {
    background: var(--_danger-tint);
  }
`
