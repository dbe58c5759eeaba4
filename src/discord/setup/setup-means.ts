import type { Rule } from '../../domain/ledger/rules.ts';
import { APPLY_ACTION } from '../quota/change-limits.ts';
import type { RuleWording } from '../quota/rule-edits.ts';
import { actionButton } from '../render/buttons.ts';
import { amountText } from '../render/price-text.ts';
import { measureText } from '../render/rule-text.ts';
import type { PlainMessage } from '../replies.ts';
import type { Proposed } from './read-setup.ts';

/** What a proposed setup means, in sentences, and the button that sets it. */
export function setupMeans(
  { rules, confirmAbove }: Proposed,
  callId: string,
  wording: RuleWording,
): PlainMessage {
  const { messages, currency } = wording;
  const { setup } = messages;
  const lines = rules.map((rule) => `- ${sentence(rule, wording)}`);
  if (confirmAbove !== undefined) {
    lines.push(`- ${setup.sentence.confirmAbove(amountText(confirmAbove, currency, messages))}`);
  }
  return {
    content: [setup.means, ...lines, setup.othersStay].join('\n'),
    rows: [[actionButton([APPLY_ACTION, callId], setup.confirm, 'Success')]],
  };
}

function sentence(rule: Rule, { messages, currency }: RuleWording): string {
  const { setup, quota, units } = messages;
  const limit = measureText(rule.measure, rule.limit, messages, currency);
  const window = quota.windows[rule.window];
  const { subject } = rule;
  const text =
    subject.kind === 'role'
      ? setup.sentence.role(`<@&${subject.id}>`, limit, window)
      : setup.sentence[subject.kind === 'guild' ? 'guild' : 'everyone'](limit, window);
  return rule.limit === 0n ? units.sentences([text, setup.zero]) : text;
}
