/** One measured figure and its target. */
export interface Figure {
  readonly name: string;
  /** The ratio to the reference, or an amount if there is a `unit`. */
  readonly ratio: number;
  /** The most that the ratio may be; the least if `isFloor`. `undefined` for what is only to be known. */
  readonly target?: number;
  readonly isFloor?: boolean;
  readonly reference: string;
  /** The lowest and highest value; the ratio is the median. */
  readonly spread?: Spread;
  /** `kB`, `MiB`, `requests`; `undefined` for a ratio. */
  readonly unit?: string;
}

type Spread = readonly [lowest: number, highest: number];

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value below which `share` of the values are; for a median of an even number the upper one. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN;
}

/** The median of several measurements, with the lowest and the highest. */
export function medianWithSpread(values: readonly number[]): Pick<Figure, 'ratio' | 'spread'> {
  return { ratio: median(values), spread: [Math.min(...values), Math.max(...values)] };
}

/** `undefined` where there is no target. */
export function isMet({ ratio, target, isFloor = false }: Figure): boolean | undefined {
  if (target === undefined) return undefined;
  return isFloor ? ratio >= target : ratio <= target;
}

/** `0.93 ×`, `0.41 kB`. */
export function amount(value: number, unit = '×'): string {
  return `${value.toFixed(2)} ${unit}`;
}

export function targetOf({ target, isFloor = false, unit }: Figure): string {
  if (target === undefined) return '';
  return `${isFloor ? '≥' : '≤'} ${target}${unit === undefined ? '' : ` ${unit}`}`;
}

/** The figures as a table for a terminal. */
export function renderFigures(figures: readonly Figure[]): string {
  const lines = figures.map((figure) => {
    const { name, ratio, spread, unit, reference } = figure;
    const range = spread === undefined ? '' : spread.map((end) => end.toFixed(2)).join('–');
    const measured = `${amount(ratio, unit).padStart(14)}  ${range.padEnd(13)}`;
    const verdict = isMet(figure) === undefined ? '' : isMet(figure) ? ' met;' : ' missed;';
    return `  ${name.padEnd(48)} ${measured} ${targetOf(figure)}${verdict} against ${reference}`;
  });
  return lines.join('\n');
}
