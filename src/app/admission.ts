import { countsIn, emptyAccount, reservationKeys } from '../domain/ledger/account.ts';
import { needOf } from '../domain/ledger/amounts.ts';
import type { Need, Usage } from '../domain/ledger/amounts.ts';
import { isCovered } from '../domain/ledger/agreed-price.ts';
import { decideBudget } from '../domain/ledger/budget.ts';
import type { BudgetRefusal, Budgets } from '../domain/ledger/budget.ts';
import { decide } from '../domain/ledger/decide.ts';
import type { QuotaRefusal } from '../domain/ledger/decide.ts';
import type { PriceList } from '../domain/ledger/price-list.ts';
import { quoteSubmission } from '../domain/ledger/quote.ts';
import type { Quote } from '../domain/ledger/quote.ts';
import { keysOf } from '../domain/ledger/windows.ts';
import type { WindowKeys, Windows } from '../domain/ledger/windows.ts';
import type { Submission } from '../domain/routes/submission.ts';
import type { Route } from '../domain/routes/route.ts';
import type { ActiveTasks } from './ports/active-tasks-port.ts';
import type { Calendar } from './calendar.ts';
import { foldWindows } from './fold-windows.ts';
import type { GuildSettings } from '../domain/guild-settings.ts';
import {
  OPERATOR_ACCOUNT_KEY,
  guildAccountKey,
  memberAccountKey,
} from '../domain/ledger/account-key.ts';
import type { Ledger } from './ports/ledger-port.ts';

/** Who asks for what, where. */
export interface Applicant {
  readonly guildId: string;
  readonly channelId: string;
  /** The channel whose thread this is: what is allowed there is allowed here. */
  readonly threadOf: string | undefined;
  readonly memberId: string;
  readonly roleIds: readonly string[];
  readonly route: Route;
  readonly submission: Submission;
  /** What the caller has agreed to by a click; absent: a fresh `/video`. */
  readonly agreed?: Agreement;
}

/** The price that stood beside the button; undefined: shown by a version that did not keep it. */
interface Agreement {
  readonly shown: Quote | undefined;
}

/** Why the guild's admins or the operator do not let a request through. */
export type PolicyDenial =
  /** The guild's settings were damaged: what they forbid is not known. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'channel'; readonly channels: readonly string[] }
  | { readonly kind: 'route'; readonly routes: readonly string[] }
  | { readonly kind: 'word' }
  | { readonly kind: 'active'; readonly of: 'member' | 'guild'; readonly limit: number }
  | { readonly kind: 'quota'; readonly refusal: QuotaRefusal }
  | {
      readonly kind: 'budget';
      readonly refusal: BudgetRefusal;
      /** When the budget starts anew, in milliseconds. */
      readonly resetsAtMs: number;
    };

/** What an admitted request reserves, and in which windows. */
export interface Admitted {
  readonly quote: Quote;
  readonly need: Need;
  readonly windows: { readonly guild: WindowKeys; readonly operator: WindowKeys };
  readonly journalMonth: string;
}

export type AdmissionDecision =
  | { readonly kind: 'admitted'; readonly admitted: Admitted }
  | { readonly kind: 'denied'; readonly denial: PolicyDenial }
  /** The price, known or not, is to be confirmed by the caller first. */
  | { readonly kind: 'confirm'; readonly quote: Quote };

export interface AdmissionDeps {
  readonly ledger: Ledger;
  readonly calendar: Calendar;
  readonly active: ActiveTasks;
  readonly priceList: PriceList | undefined;
  readonly budgets: Budgets;
  readonly maxActivePerUser: number;
  readonly maxActivePerGuild: number;
}

/** The accounts that a decision about this member reads. */
export function accountKeysFor(guildId: string, memberId: string): string[] {
  return [guildAccountKey(guildId), memberAccountKey(guildId, memberId), OPERATOR_ACCOUNT_KEY];
}

/**
 * Decides from memory, without an await, so that between the decision and its being counted nobody
 * else is decided. The accounts of `accountKeysFor` must be loaded.
 */
export function decideAdmission(
  deps: AdmissionDeps,
  settings: GuildSettings,
  applicant: Applicant,
  nowMs: number,
): AdmissionDecision {
  const denial = locationDenial(settings, applicant) ?? activeDenial(deps, applicant);
  if (denial !== undefined) return { kind: 'denied', denial };
  const { route, submission } = applicant;
  const quote = quoteSubmission(deps.priceList, route, submission);
  const need = needOf(submission.durationSeconds, quote);
  const spent = spentDenial(deps, settings, applicant, need, nowMs);
  if (spent.denial !== undefined) return { kind: 'denied', denial: spent.denial };
  if (needsConfirmation(settings, applicant.agreed, quote)) return { kind: 'confirm', quote };
  const { month: journalMonth } = deps.calendar.pageOf(settings.zone, nowMs);
  return { kind: 'admitted', admitted: { quote, need, windows: spent.windows, journalMonth } };
}

function locationDenial(settings: GuildSettings, applicant: Applicant): PolicyDenial | undefined {
  const { channels, routes, refusedWords, blockedMembers } = settings;
  if (settings.closedSince !== undefined) return { kind: 'closed' };
  if (blockedMembers.includes(applicant.memberId)) return { kind: 'blocked' };
  const places = [applicant.channelId, applicant.threadOf];
  if (channels.length > 0 && !channels.some((channel) => places.includes(channel))) {
    return { kind: 'channel', channels };
  }
  if (routes.length > 0 && !routes.includes(applicant.route.id)) return { kind: 'route', routes };
  const prompt = comparable(applicant.submission.prompt);
  if (refusedWords.some((word) => prompt.includes(comparable(word)))) return { kind: 'word' };
  return undefined;
}

/** Case, width and invisible marks do not hide a word. */
function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .toLowerCase();
}

function activeDenial(
  deps: AdmissionDeps,
  { guildId, memberId }: Applicant,
): PolicyDenial | undefined {
  const { active, maxActivePerUser, maxActivePerGuild } = deps;
  if (active.ofMember(guildId, memberId) >= maxActivePerUser) {
    return { kind: 'active', of: 'member', limit: maxActivePerUser };
  }
  if (active.ofGuild(guildId) >= maxActivePerGuild) {
    return { kind: 'active', of: 'guild', limit: maxActivePerGuild };
  }
  return undefined;
}

interface SpentDecision {
  readonly denial?: PolicyDenial;
  readonly windows: Admitted['windows'];
}

function spentDenial(
  { ledger, budgets, calendar }: AdmissionDeps,
  settings: GuildSettings,
  { guildId, memberId, roleIds }: Applicant,
  need: Need,
  nowMs: number,
): SpentDecision {
  const { windows: running } = calendar.pageOf(settings.zone, nowMs);
  const operatorRunning = calendar.operatorWindows(nowMs);
  const accounts = [
    { key: guildAccountKey(guildId), windows: running },
    { key: memberAccountKey(guildId, memberId), windows: running },
    { key: OPERATOR_ACCOUNT_KEY, windows: operatorRunning },
  ];
  foldWindows(ledger, accounts, nowMs);
  const guild = reservable(ledger, guildAccountKey(guildId), running);
  const operator = reservable(ledger, OPERATOR_ACCOUNT_KEY, operatorRunning);
  const windows = { guild, operator };
  const decision = decide({
    guildId,
    rules: settings.rules,
    member: { id: memberId, roleIds },
    need,
    usage: {
      guild: usageOf(ledger, guildAccountKey(guildId), guild),
      member: usageOf(ledger, memberAccountKey(guildId, memberId), guild),
    },
    windows: running,
  });
  if (!decision.allowed) return { denial: { kind: 'quota', refusal: decision }, windows };
  const { day, month } = usageOf(ledger, OPERATOR_ACCOUNT_KEY, operator);
  const budget = decideBudget(budgets, { day: day.cost, month: month.cost }, need.cost);
  if (!budget.allowed) {
    const resetsAtMs = operatorRunning[budget.budget].endsAtMs;
    return { denial: { kind: 'budget', refusal: budget, resetsAtMs }, windows };
  }
  return { windows };
}

function reservable(ledger: Ledger, key: string, running: Windows): WindowKeys {
  const keys = keysOf(running);
  const account = ledger.readCached(key);
  return account === undefined ? keys : reservationKeys(account, keys);
}

/** What counts in these windows: used, reserved and held together. */
export function usageOf(ledger: Ledger, key: string, keys: WindowKeys): Usage {
  return countsIn(ledger.readCached(key) ?? emptyAccount(keys), keys);
}

/** Who has agreed to a price is asked again where it holds no more, whatever the guild's amount is. */
function needsConfirmation(
  { confirmAbove }: GuildSettings,
  agreed: Agreement | undefined,
  quote: Quote,
): boolean {
  if (agreed !== undefined) return agreed.shown === undefined || !isCovered(agreed.shown, quote);
  if (confirmAbove === undefined) return false;
  return quote.kind === 'unknown' || quote.micros > confirmAbove;
}
