import { clearRule, setRule } from '../../domain/ledger/rules.ts';
import type { Rule, RuleKey } from '../../domain/ledger/rules.ts';
import type { Messages } from '../messages/en.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { measureText, ruleText } from '../render/denial-text.ts';
import { amountText } from '../render/price-text.ts';
import type { Edit } from '../options/edit.ts';

/** Far more than a server needs; every `/video` looks at all of them. */
export const MAX_RULES = 500;

/** In what words an edit of rules is told and written down. */
export interface RuleWording {
  readonly messages: Messages;
  /** The price list's; undefined: no price is known. */
  readonly currency: string | undefined;
}

/** Sets a rule, in place of the one of the same subject, measure and window. */
export function setRuleEdit(rule: Rule, { messages, currency }: RuleWording): Edit {
  const { quotaCommand: words } = messages;
  return (before) => {
    const was = ruleAt(before.rules, rule);
    const text = ruleText(rule, messages, currency);
    if (was?.limit === rule.limit) return { kind: 'unchanged', told: words.isSame(text) };
    if (was === undefined && before.rules.length >= MAX_RULES) {
      return { kind: 'unchanged', told: words.tooMany(MAX_RULES) };
    }
    const told =
      was === undefined
        ? words.isSet(text)
        : words.isReplaced(text, measureText(rule.measure, was.limit, messages, currency));
    return {
      kind: 'changed',
      after: { ...before, rules: setRule(before.rules, rule) },
      entry: {
        what: placeEntry(rule),
        from: was === undefined ? 'none' : limitEntry(was, currency),
        to: limitEntry(rule, currency),
      },
      told: [told, ...warnings(rule, { messages, currency })].join('\n'),
    };
  };
}

/** Removes the rule at the first of these places that has one. */
export function clearRuleEdit(
  places: readonly RuleKey[],
  { messages, currency }: RuleWording,
): Edit {
  const { quotaCommand: words } = messages;
  return (before) => {
    const rule = places.flatMap((place) => ruleAt(before.rules, place) ?? [])[0];
    if (rule === undefined) return { kind: 'unchanged', told: words.noSuchRule };
    return {
      kind: 'changed',
      after: { ...before, rules: clearRule(before.rules, rule) },
      entry: { what: placeEntry(rule), from: limitEntry(rule, currency), to: 'none' },
      told: words.isCleared(ruleText(rule, messages, currency)),
    };
  };
}

function ruleAt(rules: readonly Rule[], place: RuleKey): Rule | undefined {
  return rules.find((rule) => clearRule([rule], place).length === 0);
}

function warnings(
  rule: Rule,
  { messages: { quotaCommand: words }, currency }: RuleWording,
): string[] {
  if (rule.limit === 0n) return [words.forbids];
  return rule.measure === 'cost' && currency === undefined ? [words.noPrices] : [];
}

/** `quota of role 123…: videos a day` */
function placeEntry({ subject, measure, window }: RuleKey): string {
  const { windows } = messagesFor('en').quota;
  const whose = 'id' in subject ? `${subject.kind} ${subject.id}` : SHARED_NAMES[subject.kind];
  return `quota of ${whose}: ${measure} ${windows[window]}`;
}

const SHARED_NAMES = { guild: 'the server', everyone: 'everyone' } as const;

function limitEntry({ measure, limit }: Rule, currency: string | undefined): string {
  return measure === 'cost' ? amountText(limit, currency, messagesFor('en')) : limit.toString();
}
