import type { Usage } from '../../domain/ledger/amounts.ts';
import type { JournalLine } from '../../domain/ledger/journal-line.ts';
import type { PriceList } from '../../domain/ledger/price-list.ts';
import { sumUsage } from '../../domain/ledger/usage-sums.ts';
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
  /** The month's lines, of all members. */
  readonly lines: readonly JournalLine[];
  readonly priceList: PriceList | undefined;
}

/** What `/usage show` shows as text and as a chart. */
export interface UsageReport extends Omit<UsageFacts, 'priceList'> {
  /** The price list's currency; empty without a list. */
  readonly currency: string;
  readonly basis: Basis;
  /** Members; for a single member, routes. */
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
