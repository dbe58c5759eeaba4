/** One measured figure next to its target. */
export interface Figure {
  readonly name: string;
  /** The ratio to the reference; an amount where `unit` names one. */
  readonly ratio: number;
  /** At most this; at least this where `isFloor`. */
  readonly target: number;
  readonly isFloor?: boolean;
  readonly reference: string;
  /** Lowest and highest of the pairs whose median the ratio is. */
  readonly spread?: Spread;
  /** `kB`, `MiB`, `requests`; absent: a ratio. */
  readonly unit?: string;
}

type Spread = readonly [lowest: number, highest: number];

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value that `share` of the values stand below; of an even number the upper middle one. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN;
}

/** The median of several measurements with what they spread over. */
export function spreading(values: readonly number[]): Pick<Figure, 'ratio' | 'spread'> {
  return { ratio: median(values), spread: [Math.min(...values), Math.max(...values)] };
}

export function isMet({ ratio, target, isFloor = false }: Figure): boolean {
  return isFloor ? ratio >= target : ratio <= target;
}

/** `0.93 ×`, `0.41 kB`. */
export function amount(value: number, unit = '×'): string {
  return `${value.toFixed(2)} ${unit}`;
}

export function targetOf({ target, isFloor = false, unit }: Figure): string {
  return `${isFloor ? '≥' : '≤'} ${target}${unit === undefined ? '' : ` ${unit}`}`;
}

/** The figures as a table for a terminal. */
export function renderFigures(figures: readonly Figure[]): string {
  const lines = figures.map((figure) => {
    const { name, ratio, spread, unit, reference } = figure;
    const range = spread === undefined ? '' : spread.map((end) => end.toFixed(2)).join('–');
    const measured = `${amount(ratio, unit).padStart(14)}  ${range.padEnd(13)}`;
    const verdict = isMet(figure) ? 'met' : 'missed';
    return `  ${name.padEnd(48)} ${measured} ${targetOf(figure)} ${verdict}; against ${reference}`;
  });
  return lines.join('\n');
}
