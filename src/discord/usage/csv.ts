/** Characters that start a formula in a spreadsheet. */
const FORMULA_START = /^[=+\-@\t\r]/;

/** Excel recognises UTF-8 only with this mark. */
export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Renders rows as CSV (RFC 4180, CRLF after each row), with no cell that a spreadsheet could run as
 * a formula. A file begins with the byte order mark.
 */
export function renderRows(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(renderCell).join(',')}\r\n`).join('');
}

/** Adds a leading apostrophe to a text that could be a formula. */
export function defuse(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text;
}

function renderCell(text: string): string {
  const cell = defuse(text);
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
