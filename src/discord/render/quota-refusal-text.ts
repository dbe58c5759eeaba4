import type { QuotaRefusal } from '../../domain/ledger/decide.ts';
import type { Rule } from '../../domain/ledger/rules.ts';
import type { Messages } from '../messages/en.ts';
import { resetTime } from './reset-time.ts';
import { limitFiguresText, measureText } from './rule-text.ts';

/**
 * Which limit refuses a video, what is used of it, what the video needs, and when the limit resets.
 */
export function quotaRefusalText(
  refusal: QuotaRefusal,
  messages: Messages,
  currency: string | undefined,
): string {
  const { quota: words } = messages.denial;
  const isPriceUnknown = refusal.reason === 'price-unknown';
  return messages.units.sentences([
    reasonText(refusal, messages, currency),
    resetText(refusal, messages),
    words.notSent,
    ...(isPriceUnknown ? [words.knownPrice] : []),
  ]);
}

function reasonText(
  { rule, used, need, reason, granted = 0n }: QuotaRefusal,
  messages: Messages,
  currency: string | undefined,
): string {
  const { quota: words } = messages.denial;
  const amount = (value: bigint): string => measureText(rule.measure, value, messages, currency);
  const limit = limitName(rule, messages);
  const needed = need === undefined ? words.unknownNeed : amount(need);
  const plain = limitFiguresText({ rule, used }, messages, currency);
  const figures = granted === 0n ? plain : messages.grants.ofIt(plain, amount(granted));
  switch (reason) {
    case 'forbidden':
      return words.zero(limit, amount(used), needed);
    case 'price-unknown':
      return words.priceUnknown(limit, figures);
    case 'over':
      return used >= rule.limit
        ? words.reached(limit, figures, needed)
        : words.tooLittleLeft(limit, figures, needed);
  }
}

/** `Daily limit for everyone` */
function limitName({ subject, window, measure }: Rule, { denial }: Messages): string {
  const { subjects, name, windows, measures } = denial.quota;
  const named = name(windows[window], measures[measure]);
  switch (subject.kind) {
    case 'guild':
      return subjects.guild(named);
    case 'everyone':
      return subjects.everyone(named);
    case 'role':
      return subjects.role(named, `<@&${subject.id}>`);
    case 'member':
      return subjects.member(named, `<@${subject.id}>`);
  }
}

function resetText({ reason, resetsAtMs }: QuotaRefusal, messages: Messages): string {
  const { quota: words } = messages.denial;
  if (resetsAtMs === undefined) return words.noReset;
  const when = resetTime(resetsAtMs, messages);
  return reason === 'forbidden' ? words.resetsInVain(when) : words.resets(when);
}
