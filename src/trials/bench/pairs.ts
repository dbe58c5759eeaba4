import { medianWithSpread } from './figures.ts';
import type { Figure } from './figures.ts';

/** The number of pairs of which a ratio is the median. */
export const PAIRS = 5;

/** A measurement of both sides, one right after the other. */
export interface Pair<T> {
  readonly ours: T;
  readonly theirs: T;
}

/** Measures both sides in turns; each is first in every other pair, so that neither has an advantage. */
export async function alternate<T>(
  pairs: number,
  measure: Readonly<Record<keyof Pair<T>, () => Promise<T>>>,
): Promise<Pair<T>[]> {
  const measured: Pair<T>[] = [];
  for (let at = 0; at < pairs; at += 1) {
    const isOursFirst = at % 2 === 0;
    const first = await (isOursFirst ? measure.ours() : measure.theirs());
    const second = await (isOursFirst ? measure.theirs() : measure.ours());
    measured.push(isOursFirst ? { ours: first, theirs: second } : { ours: second, theirs: first });
  }
  return measured;
}

/** The median ratio of the pairs by one measure, with its spread. */
export function ratioOf<T>(
  pairs: readonly Pair<T>[],
  by: (side: T) => number,
): Pick<Figure, 'ratio' | 'spread'> {
  return medianWithSpread(pairs.map(({ ours, theirs }) => by(ours) / by(theirs)));
}
