import { reservationKeys } from '../domain/ledger/account.ts';
import { needOf } from '../domain/ledger/amounts.ts';
import type { Need } from '../domain/ledger/amounts.ts';
import { isCovered } from '../domain/ledger/agreed-price.ts';
import type { AgreedBy } from '../domain/ledger/agreed-price.ts';
import type { BudgetRefusal } from '../domain/ledger/budget.ts';
import { decide } from '../domain/ledger/decide.ts';
import type { QuotaRefusal, QuotaRequest } from '../domain/ledger/decide.ts';
import { remainingLimits } from '../domain/ledger/remaining-limits.ts';
import type { RemainingLimit } from '../domain/ledger/remaining-limits.ts';
import type { PriceList } from '../domain/ledger/price-list.ts';
import { quoteSubmission } from '../domain/ledger/quote.ts';
import type { Quote } from '../domain/ledger/quote.ts';
import { keysOf } from '../domain/ledger/windows.ts';
import type { WindowKeys, Windows } from '../domain/ledger/windows.ts';
import { OPERATOR_ZONE } from '../domain/ledger/zone-setting.ts';
import type { Submission } from '../domain/routes/submission.ts';
import type { Route } from '../domain/routes/route.ts';
import { decideOperator } from './budget/decide-operator.ts';
import type { BudgetShortage, SpendingDeps } from './budget/decide-operator.ts';
import type { ActiveTasks } from './ports/active-tasks-port.ts';
import { foldWindows } from './fold-windows.ts';
import type { GuildSettings } from '../domain/guild-settings.ts';
import { guildAccountKey, memberAccountKey } from '../domain/ledger/account-key.ts';
import type { Ledger } from './ports/ledger-port.ts';
import { usageOf } from './usage-of.ts';

/** A request for a video: who wants what, and where. */
export interface AdmissionRequest {
  readonly guildId: string;
  readonly channelId: string;
  /** The parent channel of a thread, whose permissions apply; `undefined` outside of threads. */
  readonly threadOf: string | undefined;
  readonly memberId: string;
  readonly roleIds: readonly string[];
  readonly route: Route;
  readonly submission: Submission;
  /** The price that the caller confirmed by a click; `undefined` for a new `/video`. */
  readonly agreed?: Agreement;
}

/** The price that the caller agreed to by a click. */
export interface Agreement {
  /** As shown on the button; `undefined` when an older version did not record it. */
  readonly shown: Quote | undefined;
  readonly by: AgreedBy;
}

/** Why the rules of the guild or the operator deny a request. */
export type PolicyDenial =
  /** The guild's settings were damaged, so their restrictions are unknown. */
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
      /** When the budget resets, in milliseconds. */
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
  | BudgetShortage
  /** The caller must confirm the price first, whether it is known or not. */
  | {
      readonly kind: 'confirm';
      readonly quote: Quote;
      /** What is left of the limits before this request. */
      readonly left: readonly RemainingLimit[];
    };

export interface AdmissionDeps extends SpendingDeps {
  readonly active: ActiveTasks;
  readonly priceList: PriceList | undefined;
  readonly maxActivePerUser: number;
  readonly maxActivePerGuild: number;
}

/** The accounts that a decision about this member reads. */
export function accountKeysFor(
  { operator }: Pick<Ledger, 'operator'>,
  guildId: string,
  memberId: string,
): string[] {
  return [guildAccountKey(guildId), memberAccountKey(guildId, memberId), operator.keyOf(guildId)];
}

/**
 * Decides a request from memory, without an await, so that no other request is decided before this
 * one is counted. The accounts of `accountKeysFor` must be loaded.
 */
export function decideAdmission(
  deps: AdmissionDeps,
  settings: GuildSettings,
  request: AdmissionRequest,
  nowMs: number,
): AdmissionDecision {
  const denial = locationDenial(settings, request) ?? activeLimitDenial(deps, request);
  if (denial !== undefined) return { kind: 'denied', denial };
  const { route, submission } = request;
  const quote = quoteSubmission(deps.priceList, route, submission);
  const need = needOf(submission.durationSeconds, quote);
  const spending = spendingDenial(deps, settings, request, need, nowMs);
  if (spending.denial !== undefined) return { kind: 'denied', denial: spending.denial };
  if (spending.shortage !== undefined) return spending.shortage;
  const isPriced = deps.priceList !== undefined;
  if (needsConfirmation(settings, request.agreed, { quote, isPriced })) {
    return { kind: 'confirm', quote, left: remainingLimits(spending.quota) };
  }
  const { month: journalMonth } = deps.calendar.pageOf(settings.zone, nowMs);
  return { kind: 'admitted', admitted: { quote, need, windows: spending.windows, journalMonth } };
}

function locationDenial(
  settings: GuildSettings,
  request: AdmissionRequest,
): PolicyDenial | undefined {
  const { channels, routes, blockedMembers } = settings;
  if (settings.closedSince !== undefined) return { kind: 'closed' };
  if (blockedMembers.includes(request.memberId)) return { kind: 'blocked' };
  const channelIds = [request.channelId, request.threadOf];
  if (channels.length > 0 && !channels.some((channel) => channelIds.includes(channel))) {
    return { kind: 'channel', channels };
  }
  if (routes.length > 0 && !routes.includes(request.route.id)) return { kind: 'route', routes };
  return hasRefusedWord(settings, request.submission.prompt) ? { kind: 'word' } : undefined;
}

function hasRefusedWord(
  { refusedWords }: Pick<GuildSettings, 'refusedWords'>,
  text: string,
): boolean {
  const compared = comparable(text);
  return refusedWords.some((word) => compared.includes(comparable(word)));
}

/** Normalises text so that case, width and invisible characters do not hide a refused word. */
function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .toLowerCase();
}

function activeLimitDenial(
  deps: AdmissionDeps,
  { guildId, memberId }: AdmissionRequest,
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

/** Who gives a file a name, by which prompts will show it. */
type UploadRequest = Pick<AdmissionRequest, 'guildId' | 'memberId' | 'roleIds'> & {
  readonly name: string;
};

/** What the uploads of a file reserve, which make no video; or why they are denied. */
export function decideUpload(
  deps: SpendingDeps,
  settings: GuildSettings,
  request: UploadRequest,
  need: Need,
  nowMs: number,
): { readonly denial: PolicyDenial } | BudgetShortage | Pick<Admitted, 'windows' | 'journalMonth'> {
  if (settings.closedSince !== undefined) return { denial: { kind: 'closed' } };
  if (settings.blockedMembers.includes(request.memberId)) return { denial: { kind: 'blocked' } };
  if (hasRefusedWord(settings, request.name)) return { denial: { kind: 'word' } };
  const { denial, shortage, windows } = spendingDenial(deps, settings, request, need, nowMs);
  if (denial !== undefined) return { denial };
  if (shortage !== undefined) return shortage;
  return { windows, journalMonth: deps.calendar.pageOf(settings.zone, nowMs).month };
}

interface SpendingDecision {
  readonly denial?: PolicyDenial;
  readonly shortage?: BudgetShortage;
  readonly quota: QuotaRequest;
  readonly windows: Admitted['windows'];
}

function spendingDenial(
  deps: SpendingDeps,
  settings: GuildSettings,
  { guildId, memberId, roleIds }: Pick<AdmissionRequest, 'guildId' | 'memberId' | 'roleIds'>,
  need: Need,
  nowMs: number,
): SpendingDecision {
  const { ledger, calendar } = deps;
  const { windows: current } = calendar.pageOf(settings.zone, nowMs);
  const { windows: currentOperator } = calendar.pageOf(OPERATOR_ZONE, nowMs);
  const operatorKey = ledger.operator.keyOf(guildId);
  const accounts = [
    { key: guildAccountKey(guildId), windows: current },
    { key: memberAccountKey(guildId, memberId), windows: current },
    { key: operatorKey, windows: currentOperator },
  ];
  foldWindows(ledger, accounts, nowMs);
  const guild = reservable(ledger, guildAccountKey(guildId), current);
  const operator = reservable(ledger, operatorKey, currentOperator);
  const windows = { guild, operator };
  const quota = {
    guildId,
    rules: settings.rules,
    grants: settings.grants ?? [],
    member: { id: memberId, roleIds },
    need,
    usage: {
      guild: usageOf(ledger, guildAccountKey(guildId), guild),
      member: usageOf(ledger, memberAccountKey(guildId, memberId), guild),
    },
    windows: current,
  };
  const decision = decide(quota);
  if (!decision.allowed) return { denial: { kind: 'quota', refusal: decision }, quota, windows };
  const answer = decideOperator(deps, guildId, operator, need.cost);
  if (answer === undefined) return { quota, windows };
  const resetsAtMs = currentOperator[answer.budget].endsAtMs;
  return 'need' in answer
    ? { shortage: { kind: 'budget-short', need: answer.need, resetsAtMs }, quota, windows }
    : { denial: { kind: 'budget', refusal: answer, resetsAtMs }, quota, windows };
}

function reservable(ledger: Ledger, key: string, current: Windows): WindowKeys {
  const keys = keysOf(current);
  const account = ledger.readCached(key);
  return account === undefined ? keys : reservationKeys(account, keys);
}

/**
 * Whether the caller must confirm the price. After a confirmation, only the confirmed price counts,
 * and the guild's threshold does not, except for a quick click. Only the question itself confirms an
 * unknown price; with a price list, a quick click never agrees to one.
 */
function needsConfirmation(
  { confirmAbove }: GuildSettings,
  agreed: Agreement | undefined,
  { quote, isPriced }: { readonly quote: Quote; readonly isPriced: boolean },
): boolean {
  if (agreed !== undefined) {
    if (agreed.shown === undefined || !isCovered(agreed.shown, quote)) return true;
    if (agreed.by === 'question') return false;
    if (agreed.by === 'choice' && quote.kind === 'priced') return false;
    if (agreed.by === 'quick' && quote.kind === 'unknown' && isPriced) return true;
  }
  if (confirmAbove === undefined) return false;
  return quote.kind === 'unknown' || quote.micros > confirmAbove;
}
