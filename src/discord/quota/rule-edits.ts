import { clearRule, setRule } from '../../domain/ledger/rules.ts';
import type { Rule, RuleKey } from '../../domain/ledger/rules.ts';
import type { Messages } from '../messages/en.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { measureText, ruleText } from '../render/rule-text.ts';
import { amountText } from '../render/price-text.ts';
import type { Edit } from '../options/edit.ts';

/** Far more than a server needs. Every `/video` checks all of them. */
export const MAX_RULES = 500;

/** Language and currency in which rules are shown. */
export interface RuleWording {
  readonly messages: Messages;
  /** The price list's currency; `undefined` without a price list. */
  readonly currency: string | undefined;
}

/** Sets a rule and replaces one with the same subject, measure and window. */
export function setRuleEdit(rule: Rule, { messages, currency }: RuleWording): Edit {
  const { quotaCommand: words } = messages;
  return (before) => {
    const was = ruleOf(before.rules, rule);
    const text = ruleText(rule, messages, currency);
    if (was?.limit === rule.limit) return { kind: 'unchanged', reply: words.isSame(text) };
    if (was === undefined && before.rules.length >= MAX_RULES) {
      return { kind: 'unchanged', reply: words.tooMany(MAX_RULES) };
    }
    const reply =
      was === undefined
        ? words.isSet(text)
        : words.isReplaced(text, measureText(rule.measure, was.limit, messages, currency));
    return {
      kind: 'changed',
      after: { ...before, rules: setRule(before.rules, rule) },
      entry: {
        what: keyEntry(rule),
        from: was === undefined ? 'none' : limitEntry(was, currency),
        to: limitEntry(rule, currency),
      },
      reply: [reply, ...warnings(rule, { messages, currency })].join('\n'),
    };
  };
}

/** Removes the rule of the first of these keys that has one. */
export function clearRuleEdit(keys: readonly RuleKey[], { messages, currency }: RuleWording): Edit {
  const { quotaCommand: words } = messages;
  return (before) => {
    const rule = keys.flatMap((key) => ruleOf(before.rules, key) ?? [])[0];
    if (rule === undefined) return { kind: 'unchanged', reply: words.noSuchRule };
    return {
      kind: 'changed',
      after: { ...before, rules: clearRule(before.rules, rule) },
      entry: { what: keyEntry(rule), from: limitEntry(rule, currency), to: 'none' },
      reply: words.isCleared(ruleText(rule, messages, currency)),
    };
  };
}

function ruleOf(rules: readonly Rule[], key: RuleKey): Rule | undefined {
  return rules.find((rule) => clearRule([rule], key).length === 0);
}

function warnings(
  rule: Rule,
  { messages: { quotaCommand: words }, currency }: RuleWording,
): string[] {
  if (rule.limit === 0n) return [words.forbids];
  return rule.measure === 'cost' && currency === undefined ? [words.noPrices] : [];
}

/** `limit for role 123…: videos a day` */
function keyEntry({ subject, measure, window }: RuleKey): string {
  const { windows } = messagesFor('en').quota;
  const whose = 'id' in subject ? `${subject.kind} ${subject.id}` : SHARED_NAMES[subject.kind];
  return `limit for ${whose}: ${measure} ${windows[window]}`;
}

const SHARED_NAMES = { guild: 'the whole server', everyone: 'each member' } as const;

/** A limit for the audit, in English. */
export function limitEntry(
  { measure, limit }: Pick<Rule, 'measure' | 'limit'>,
  currency: string | undefined,
): string {
  return measure === 'cost' ? amountText(limit, currency, messagesFor('en')) : limit.toString();
}
