import { css } from 'lit'

export const waitingStyles = css`
  .waiting {
    margin-top: 16px;
    padding-top: 8px;
    border-top: 1px solid var(--_line);
  }
  .waiting ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .waiting p {
    margin: 0;
  }
  .waiting li {
    margin-top: 8px;
    padding: 8px 12px;
    border-left: 3px solid var(--_edge);
    border-radius: 4px;
    background: var(--_sunken);
  }
  .waiting .parked {
    border-left-color: var(--_danger);
  }
  .why {
    color: var(--_danger);
  }
  .reason {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    color: var(--_warn);
  }
  .waiting progress {
    width: 6em;
    vertical-align: middle;
    accent-color: var(--_accent);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
  }
`
