import type { JournalLine } from '../../domain/ledger/journal-line.ts';
import { plainAmount } from './plain-amount.ts';
import { renderCsv } from './csv.ts';

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
 * The journal as CSV, one row per task. Programs read it too, so it is the same in every language.
 * An empty amount is unknown, never zero.
 */
export function journalCsv(lines: readonly JournalLine[]): string {
  return renderCsv([COLUMNS, ...lines.map(cellsOf)]);
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
