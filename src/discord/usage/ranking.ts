import type { JournalLine } from '../../domain/ledger/journal-line.ts';
import { isCounted, sumUsage, sumUsageBy } from '../../domain/ledger/usage-sums.ts';
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

export interface Ranked {
  readonly key: string;
  readonly sum: UsageSum;
}

/** Members or routes in descending order of usage; those without counted usage are left out. */
export function rankUsage(
  lines: readonly JournalLine[],
  keyOf: (line: JournalLine) => string,
  basis: Basis,
  currency: string,
): Ranked[] {
  const weight = ({ sum }: Ranked): bigint =>
    basis.kind === 'spend' ? (sum.cost.get(basis.currency) ?? 0n) : BigInt(sum.videos);
  return [...sumUsageBy(lines.filter(isCounted), keyOf, currency)]
    .map(([key, sum]) => ({ key, sum }))
    .toSorted((a, b) => Number(weight(b) - weight(a)) || b.sum.videos - a.sum.videos);
}

const MICROS_PER_UNIT = 1_000_000;

/** The heights of the bars for these lines: settled, and stacked on it reserved or held. */
export function barHeights(
  lines: readonly JournalLine[],
  basis: Basis,
  currency: string,
): { readonly settled: number; readonly open: number } {
  const heightOf = (some: readonly JournalLine[]): number => {
    const { cost, videos } = sumUsage(some, currency);
    // A float is precise enough for a chart.
    return basis.kind === 'spend'
      ? Number(cost.get(basis.currency) ?? 0n) / MICROS_PER_UNIT
      : videos;
  };
  return {
    settled: heightOf(lines.filter(({ state }) => state === 'settled')),
    open: heightOf(lines.filter(({ state }) => state !== 'settled')),
  };
}
