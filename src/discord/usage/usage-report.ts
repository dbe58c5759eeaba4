import type { Usage } from '../../domain/ledger/amounts.ts';
import type { JournalLine } from '../../domain/ledger/journal-line.ts';
import type { PriceList } from '../../domain/ledger/price-list.ts';
import { sumUsage } from '../../domain/ledger/usage-sums.ts';
import { basisOf, rankUsage } from './ranking.ts';
import type { Basis, Ranked } from './ranking.ts';

/** What is known of a guild, or of one member of it, for one month. */
export interface UsageFacts {
  /** Undefined: of everybody. */
  readonly member: string | undefined;
  /** The running windows. */
  readonly running: Usage;
  /** `2026-11` */
  readonly month: string;
  readonly zone: string;
  /** The month's, of everybody. */
  readonly lines: readonly JournalLine[];
  readonly priceList: PriceList | undefined;
}

/** What `/usage show` tells, in words and as a picture alike. */
export interface UsageReport extends Omit<UsageFacts, 'priceList'> {
  /** The list's; empty without a list. */
  readonly currency: string;
  readonly basis: Basis;
  /** Members; of one member, the routes. */
  readonly ranking: readonly Ranked[];
  readonly routes: readonly Ranked[];
}

export function reportUsage({ priceList, ...facts }: UsageFacts): UsageReport {
  const { member } = facts;
  const lines = facts.lines.filter((line) => member === undefined || line.member === member);
  const currency = priceList?.currency ?? '';
  const basis = basisOf(sumUsage(lines, currency));
  const routes = rankUsage(lines, ({ route }) => route, basis, currency);
  const ranking =
    member === undefined ? rankUsage(lines, ({ member: by }) => by, basis, currency) : routes;
  return { ...facts, lines, currency, basis, ranking, routes };
}
