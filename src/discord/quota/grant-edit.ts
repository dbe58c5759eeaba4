import { TimestampStyles, time } from '../discord-js.ts';
import type { GuildSettings } from '../../domain/guild-settings.ts';
import { addGrant, grantedIn, openGrants, raiseRule } from '../../domain/ledger/grants.ts';
import type { GrantedAmount } from '../../domain/ledger/grants.ts';
import { personalRules } from '../../domain/ledger/personal-rules.ts';
import type { Rule } from '../../domain/ledger/rules.ts';
import { keysOf, WINDOW_KINDS } from '../../domain/ledger/windows.ts';
import type { WindowKind, Windows } from '../../domain/ledger/windows.ts';
import { windowsIn } from '../../domain/ledger/zone-setting.ts';
import type { Edit } from '../options/edit.ts';
import type { Messages } from '../messages/en.ts';
import { measureText, ruleText } from '../render/rule-text.ts';
import { limitEntry } from './rule-edits.ts';
import type { RuleWording } from './rule-edits.ts';

/** Four windows of three measures for some 40 members. Every `/video` checks all of them. */
export const MAX_GRANTS = 500;

/** Who is granted what, and where and when. */
export interface WantedGrant extends GrantedAmount {
  readonly guildId: string;
  /** The member's roles, which decide which limits hold for them. */
  readonly roleIds: readonly string[];
  readonly nowMs: number;
}

/**
 * Raises the limits of a measure that hold for a member now, in the windows that are open now. The
 * server's limits stay.
 */
export function grantEdit(wanted: WantedGrant, wording: RuleWording): Edit {
  const { guildId, memberId, roleIds, measure, nowMs } = wanted;
  const { grants: words, quotaCommand } = wording.messages;
  const member = `<@${memberId}>`;
  return (before) => {
    const windows = windowsIn(before.zone, nowMs);
    const rules = personalRules(guildId, before.rules, measure, { id: memberId, roleIds });
    const kinds = WINDOW_KINDS.filter((kind) => rules.some(({ window }) => window === kind));
    const isServerLimited = hasServerRule(before, wanted);
    if (kinds.length === 0) {
      const why = isServerLimited ? words.serverOnly : words.nothingToRaise;
      return { kind: 'unchanged', reply: why(member, quotaCommand.measures[measure]) };
    }
    const grants = addGrant(before.grants ?? [], wanted, kinds, keysOf(windows));
    if (grants.length > MAX_GRANTS) return { kind: 'unchanged', reply: words.tooMany(MAX_GRANTS) };
    const after = { ...before, grants };
    return {
      kind: 'changed',
      after,
      entry: {
        what: `grant to member ${memberId}: ${measure}`,
        from: grantEntry(before, wanted, kinds, windows, wording),
        to: grantEntry(after, wanted, kinds, windows, wording),
      },
      reply: [
        words.isGranted(member, amountOf(wanted, wanted.amount, wording)),
        ...rules.map((rule) => `- ${raisedText(rule, after, memberId, windows, wording)}`),
        ...(isServerLimited ? [words.serverStands] : []),
      ].join('\n'),
    };
  };
}

function hasServerRule({ rules }: GuildSettings, { measure }: WantedGrant): boolean {
  return rules.some((rule) => rule.measure === measure && rule.subject.kind === 'guild');
}

function raisedText(
  stored: Rule,
  { grants = [] }: GuildSettings,
  memberId: string,
  windows: Windows,
  wording: RuleWording,
): string {
  const { messages, currency } = wording;
  const { rule } = raiseRule(stored, openGrants(grants, keysOf(windows)), memberId);
  return messages.grants.raised(
    ruleText(stored, messages, currency),
    amountOf(rule, rule.limit, wording),
    untilText(windows, rule.window, messages),
  );
}

function amountOf(
  { measure }: Pick<Rule, 'measure'>,
  amount: bigint,
  { messages, currency }: RuleWording,
): string {
  return measureText(measure, amount, messages, currency);
}

/** `until <date>`; a grant in total stays. */
export function untilText(
  windows: Windows,
  window: WindowKind,
  { grants: words }: Messages,
): string {
  const { endsAtMs } = windows[window];
  if (endsAtMs === undefined) return words.forGood;
  return words.until(time(Math.ceil(endsAtMs / 1000), TimestampStyles.ShortDateTime));
}

/** `day 5, month 5` */
function grantEntry(
  { grants = [] }: GuildSettings,
  { memberId, measure }: WantedGrant,
  kinds: readonly WindowKind[],
  windows: Windows,
  { currency }: RuleWording,
): string {
  const open = openGrants(grants, keysOf(windows));
  return kinds
    .map((window) => {
      const limit = grantedIn(open, memberId, { measure, window });
      return `${window} ${limitEntry({ measure, limit }, currency)}`;
    })
    .join(', ');
}
