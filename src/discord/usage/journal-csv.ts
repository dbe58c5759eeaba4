import type { JournalLine } from '../../domain/ledger/journal-line.ts';
import { plainAmount } from './plain-amount.ts';
import { BYTE_ORDER_MARK, renderRows } from './csv.ts';

const COLUMNS = [
  'time',
  'task',
  'member',
  'route',
  'seconds',
  'resolution',
  'quoted',
  'settled',
  'currency',
  'state',
] as const;

/**
 * The journal as CSV, a page at a time: one row per task, and below it one for each create that `auto`
 * made for it before. Programs read it too, so it is the same in every language.
 * An empty amount is unknown, never zero.
 */
export async function* journalCsv(
  pages: AsyncIterable<readonly JournalLine[]>,
): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}${renderRows([COLUMNS])}`;
  for await (const lines of pages) yield renderRows(lines.flatMap(rowsOf));
}

function rowsOf(line: JournalLine): string[][] {
  const { earlier = [], settled: _, ...rest } = line;
  return [
    cellsOf(line),
    ...earlier.map((attempt) =>
      cellsOf({ ...rest, quoted: undefined, ...attempt, state: 'released' }),
    ),
  ];
}

function cellsOf(line: JournalLine): string[] {
  const { at, quoted, settled } = line;
  return [
    new Date(at).toISOString(),
    line.task,
    line.member,
    line.route,
    String(line.seconds),
    line.resolution,
    quoted === undefined ? '' : plainAmount(quoted),
    settled === undefined ? '' : plainAmount(settled),
    line.currency ?? '',
    line.state,
  ];
}
