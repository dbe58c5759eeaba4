/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA_START = /^[=+\-@\t\r]/;

/** Excel takes a file for UTF-8 only with this. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Rows as CSV by RFC 4180, CRLF at the end of each; no cell can be taken for a formula. */
export function renderCsv(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((cells) => `${cells.map(renderCell).join(',')}\r\n`);
  return `${BYTE_ORDER_MARK}${lines.join('')}`;
}

/** The text as it stands in the file; a leading apostrophe makes text of what may be a formula. */
export function defuse(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text;
}

function renderCell(text: string): string {
  const cell = defuse(text);
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
