import type { SplitSum } from '../../domain/ledger/month-tally.ts';
import { mergeSums } from '../../domain/ledger/usage-sums.ts';
import type { UsageSum } from '../../domain/ledger/usage-sums.ts';

/** What bars and ranks measure: amounts if they all have one currency, else videos. */
export type Basis =
  | { readonly kind: 'spend'; readonly currency: string }
  | { readonly kind: 'videos' };

export function basisOf({ cost }: UsageSum): Basis {
  const [first, ...others] = [...cost];
  if (first === undefined || others.length > 0) return { kind: 'videos' };
  const [currency, micros] = first;
  return micros > 0n ? { kind: 'spend', currency } : { kind: 'videos' };
}

export interface Ranked extends SplitSum {
  readonly key: string;
  readonly sum: UsageSum;
}

/** Members or routes in descending order of usage. */
export function rankUsage(groups: ReadonlyMap<string, SplitSum>, basis: Basis): Ranked[] {
  const weight = ({ sum }: Ranked): bigint =>
    basis.kind === 'spend' ? (sum.cost.get(basis.currency) ?? 0n) : BigInt(sum.videos);
  return [...groups]
    .map(([key, { settled, open }]) => ({ key, settled, open, sum: mergeSums(settled, open) }))
    .toSorted((a, b) => Number(weight(b) - weight(a)) || b.sum.videos - a.sum.videos);
}

const MICROS_PER_UNIT = 1_000_000;

/** The heights of the bars: settled, and stacked on it reserved or held. */
export function barHeights(
  { settled, open }: SplitSum,
  basis: Basis,
): { readonly settled: number; readonly open: number } {
  // A float is precise enough for a chart.
  const heightOf = ({ cost, videos }: UsageSum): number =>
    basis.kind === 'spend' ? Number(cost.get(basis.currency) ?? 0n) / MICROS_PER_UNIT : videos;
  return { settled: heightOf(settled), open: heightOf(open) };
}
