import type { Usage } from '../../domain/ledger/amounts.ts';
import type { MonthTally } from '../../domain/ledger/month-tally.ts';
import { mergeSums } from '../../domain/ledger/usage-sums.ts';
import type { UsageSum } from '../../domain/ledger/usage-sums.ts';
import { basisOf, rankUsage } from './ranking.ts';
import type { Basis, Ranked } from './ranking.ts';

/** The usage data of a guild, or of one of its members, for one month. */
export interface UsageFacts {
  /** `undefined` for all members. */
  readonly member: string | undefined;
  /** Usage in the current windows. */
  readonly running: Usage;
  /** `2026-11` */
  readonly month: string;
  readonly zone: string;
  /** The month, of this member or of all. */
  readonly tally: MonthTally;
  /** The price list's currency; empty without a list. */
  readonly currency: string;
}

/** What `/usage show` shows as text and as a chart. */
export interface UsageReport extends UsageFacts {
  /** What the month's counted tasks add up to. */
  readonly sum: UsageSum;
  readonly basis: Basis;
  /** Members; for a single member, routes. */
  readonly ranking: readonly Ranked[];
  readonly routes: readonly Ranked[];
}

export function reportUsage(facts: UsageFacts): UsageReport {
  const { byState, byMember, byRoute } = facts.tally;
  const sum = mergeSums(...[...byState.values()].map((ofState) => ofState.sum));
  const basis = basisOf(sum);
  const routes = rankUsage(byRoute, basis);
  const ranking = facts.member === undefined ? rankUsage(byMember, basis) : routes;
  return { ...facts, sum, basis, ranking, routes };
}
