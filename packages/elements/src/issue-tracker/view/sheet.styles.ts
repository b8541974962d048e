import { css } from 'lit'

/** Black on white, A4: the sheet stands in a document of its own. */
export const sheetStyles = css`
  @page {
    size: A4;
    margin: 18mm 16mm;
  }
  body {
    margin: 0;
    color: #000;
    background: #fff;
    font:
      14px / 1.6 system-ui,
      'PingFang SC',
      'Microsoft YaHei',
      'Noto Sans CJK SC',
      sans-serif;
  }
  header {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    border-bottom: 2px solid #000;
  }
  header p {
    margin: 0;
  }
  h1 {
    margin: 0 0 4px;
    font-size: 22px;
  }
  h2 {
    margin: 14px 0 10px;
    font-size: 18px;
  }
  h3 {
    margin: 16px 0 6px;
    font-size: 15px;
    break-after: avoid;
  }
  p,
  ul {
    margin: 0 0 6px;
  }
  .said {
    white-space: pre-wrap;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 4px 8px;
    border: 1px solid #888;
    text-align: left;
    vertical-align: top;
  }
  th {
    width: 7em;
    font-weight: 600;
    background: #f2f2f2;
  }
  .events td:first-child {
    width: 13em;
    white-space: nowrap;
  }
  .events td:nth-child(2) {
    width: 6em;
  }
  tr {
    break-inside: avoid;
  }
  .photos {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .photos img {
    height: 120px;
    break-inside: avoid;
  }
  footer {
    margin-top: 16px;
    color: #444;
    font-size: 12px;
  }
`
