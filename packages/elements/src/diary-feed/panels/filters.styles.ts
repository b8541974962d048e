import { css } from 'lit'

export const filterStyles = css`
  mq-feed-filters {
    display: block;
  }
  .search,
  .filters .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
  }
  .search {
    flex-wrap: nowrap;
  }
  .search .field {
    flex: 1;
    min-width: 0;
  }
  .search .button {
    flex: none;
  }
  .filters {
    display: grid;
    gap: 12px;
    margin-top: 12px;
  }
  .filters .field {
    width: auto;
  }
  .button.chip {
    padding: 4px 14px;
    border-color: var(--_line);
    border-radius: 99px;
    background: var(--_surface);
    color: var(--_text);
  }
  .button.chip[aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_tint);
    color: var(--_accent);
  }
  ul.chosen {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin: 12px 0 0;
    padding: 0;
    list-style: none;
  }
  @media (forced-colors: active) {
    .button.chip[aria-pressed='true'] {
      outline: 2px solid Highlight;
    }
  }
`
