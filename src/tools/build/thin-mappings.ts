const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES: ReadonlyMap<string, number> = new Map(
  Array.from(DIGITS, (digit, value) => [digit, value]),
);
/** Of a digit: five bits of a number, and whether more follow. */
const BITS = 5;
const MORE = 1 << BITS;

/** A place in a source: its index among the sources, line and column, from 0. */
interface Position {
  source: number;
  line: number;
  column: number;
}

/**
 * Thins the mappings of a source map (version 3) to one for each line of `code`, where the line's
 * text begins. Stack traces need no more, and Node reads all mappings at once, at the first trace,
 * while the bot can do nothing else.
 */
export function thinMappings(mappings: string, code: string): string {
  const lines = code.split('\n');
  // Columns count from the start of their line, the others from the previous mapping.
  const read: Position = { source: 0, line: 0, column: 0 };
  let written: Readonly<Position> = { ...read };
  const thinLine = (text: string, index: number): string => {
    const begin = lines[index]?.search(/\S/) ?? 0;
    let column = 0;
    let kept: (Position & { readonly at: number }) | undefined;
    for (const segment of text === '' ? [] : text.split(',')) {
      const [columns = 0, sources, sourceLines = 0, sourceColumns = 0] = decode(segment);
      column += columns;
      if (sources === undefined) continue;
      read.source += sources;
      read.line += sourceLines;
      read.column += sourceColumns;
      // A first one at column 0 of an indented line is of what is before the line.
      if (kept === undefined || column <= begin) kept = { ...read, at: column };
    }
    if (kept === undefined) return '';
    const { source, line, at } = kept;
    const steps = [source - written.source, line - written.line, kept.column - written.column];
    written = kept;
    return [at, ...steps].map((step) => encode(step)).join('');
  };
  return mappings
    .split(';')
    .map((text, index) => thinLine(text, index))
    .join(';');
}

/** The numbers of a segment: groups of five bits, the lowest first; the lowest bit is the sign. */
function decode(segment: string): number[] {
  const numbers: number[] = [];
  let bits = 0;
  let shift = 0;
  for (const digit of segment) {
    const value = VALUES.get(digit) ?? 0;
    bits += (value & (MORE - 1)) << shift;
    shift += BITS;
    if (value >= MORE) continue;
    numbers.push((bits & 1) === 0 ? bits >> 1 : -(bits >> 1));
    bits = 0;
    shift = 0;
  }
  return numbers;
}

function encode(number: number): string {
  let bits = number < 0 ? (-number << 1) | 1 : number << 1;
  let text = '';
  do {
    const low = bits & (MORE - 1);
    bits >>= BITS;
    text += DIGITS[bits > 0 ? low | MORE : low];
  } while (bits > 0);
  return text;
}
