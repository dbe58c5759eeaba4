/** Reads CSV by RFC 4180, character by character; throws if a line does not end with CRLF. */
export function parseCsv(text: string): string[][] {
  const source = text.replace(/^\uFEFF/, '');
  const rows: string[][] = [];
  let at = 0;
  while (at < source.length) {
    const row: string[] = [];
    for (;;) {
      const read = source[at] === '"' ? quotedCell(source, at + 1) : plainCell(source, at);
      row.push(read.cell);
      at = read.next;
      if (source[at] !== ',') break;
      at += 1;
    }
    if (source.slice(at, at + 2) !== '\r\n') throw new Error(`no CRLF at ${at}`);
    at += 2;
    rows.push(row);
  }
  return rows;
}

interface ReadCell {
  readonly cell: string;
  /** The index of the separator after it. */
  readonly next: number;
}

function plainCell(source: string, from: number): ReadCell {
  let next = from;
  while (next < source.length && !',\r\n"'.includes(source[next] ?? '')) next += 1;
  return { cell: source.slice(from, next), next };
}

function quotedCell(source: string, from: number): ReadCell {
  let cell = '';
  for (let at = from; at < source.length; at += 1) {
    if (source[at] !== '"') cell += source[at];
    else if (source[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else return { cell, next: at + 1 };
  }
  throw new Error('a quoted cell does not end');
}
