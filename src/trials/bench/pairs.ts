import { spreading } from './figures.ts';
import type { Figure } from './figures.ts';

/** How many pairs a ratio is the median of. */
export const PAIRS = 5;

/** What was measured of both sides, one after the other, in the same minute of the machine. */
export interface Pair<T> {
  readonly ours: T;
  readonly theirs: T;
}

/** Measures both sides in turns, each first in every other pair, so that neither has the better moments. */
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
  return spreading(pairs.map(({ ours, theirs }) => by(ours) / by(theirs)));
}
