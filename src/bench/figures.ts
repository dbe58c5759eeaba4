/** One measured ratio against a reference of the same run. */
export interface Figure {
  readonly name: string;
  readonly ratio: number;
  /** At most this. */
  readonly target: number;
  readonly reference: string;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The figures as a table for a terminal. */
export function renderFigures(figures: readonly Figure[]): string {
  const lines = figures.map(({ name, ratio, target, reference }) => {
    const verdict = ratio <= target ? 'met' : 'missed';
    return `${name.padEnd(40)} ${ratio.toFixed(2).padStart(7)} × ${reference} (target ≤ ${target}: ${verdict})`;
  });
  return lines.join('\n');
}
