import { readFile, writeFile } from 'node:fs/promises';
import { amount, isMet, targetOf } from './figures.ts';
import type { Figure } from './figures.ts';

/** The measurements of one run. */
export interface Results {
  readonly machine: string;
  /** The day of the run, such as `2026-11-25`. */
  readonly day: string;
  /** Figures by the benchmark's name. */
  readonly benches: Readonly<Record<string, readonly Figure[]>>;
}

/**
 * Writes results into a document, in place of the text between `<!-- bench:name -->` and
 * `<!-- /bench -->`. Benchmarks that did not run keep theirs. Throws when one has no such section.
 */
export async function writeReport(path: string, results: Results): Promise<void> {
  let text = await readFile(path, 'utf8');
  for (const [name, figures] of Object.entries(results.benches)) {
    const measuredOn = `Measured on ${results.day}: ${results.machine}.`;
    text = withSection(text, name, `${measuredOn}\n\n${renderTable(figures)}`);
  }
  await writeFile(path, text);
}

function withSection(text: string, name: string, content: string): string {
  const opening = `<!-- bench:${name} -->`;
  const from = text.indexOf(opening);
  const to = text.indexOf('<!-- /bench -->', from);
  if (from === -1 || to === -1) throw new Error(`no place for "${name}" in the document`);
  return `${text.slice(0, from + opening.length)}\n\n${content}\n\n${text.slice(to)}`;
}

/** Renders a Markdown table with padded columns, as the formatter does. */
function renderTable(figures: readonly Figure[]): string {
  const rows = [
    ['what', 'measured', 'lowest to highest', 'target', '', 'against'],
    ...figures.map((figure) => {
      const { name, ratio, unit, spread, reference } = figure;
      const range = spread === undefined ? '' : spread.map((end) => end.toFixed(2)).join(' – ');
      const verdict = { true: 'met', false: '**missed**', undefined: '' }[`${isMet(figure)}`];
      return [name, amount(ratio, unit), range, targetOf(figure), verdict, reference];
    }),
  ];
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}
