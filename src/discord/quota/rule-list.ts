import { textFile } from '../render/reply-file.ts';
import { openGrants } from '../../domain/ledger/grants.ts';
import type { Grant } from '../../domain/ledger/grants.ts';
import type { Rule, RuleSubject } from '../../domain/ledger/rules.ts';
import { MEASURES } from '../../domain/ledger/amounts.ts';
import { keysOf, WINDOW_KINDS } from '../../domain/ledger/windows.ts';
import type { Windows } from '../../domain/ledger/windows.ts';
import type { PrivateMessage } from '../replies.ts';
import { measureText } from '../render/rule-text.ts';
import { fitLines } from '../options/fit-lines.ts';
import { untilText } from './grant-edit.ts';
import type { RuleWording } from './rule-edits.ts';

const SUBJECT_ORDER = ['guild', 'everyone', 'role', 'member'] as const;

interface ListedLimits {
  readonly rules: readonly Rule[];
  readonly grants: readonly Grant[];
  /** The current windows of the guild. */
  readonly windows: Windows;
}

/**
 * All rules by subject, then what members were granted, with a note on which rules take precedence.
 * If they do not fit, they are sent as a file.
 */
export function ruleListAnswer(
  { rules, grants, windows }: ListedLimits,
  wording: RuleWording,
): PrivateMessage {
  const { quotaCommand: words } = wording.messages;
  const open = openGrants(grants, keysOf(windows));
  if (rules.length === 0 && open.length === 0) return { content: words.listNone };
  const lines = [
    ...linesOf(rules.toSorted(compareRules), wording),
    ...grantLines(open, windows, wording),
  ];
  const head = `**${words.listTitle}**`;
  const { text, left } = fitLines(lines, {
    head,
    tail: `-# ${words.precedence}`,
    more: words.more,
  });
  if (left === 0) return { content: text };
  return { content: text, files: [textFile('quotas.txt', lines.join('\n'))] };
}

/** One line per rule, with a heading line before each new subject. */
function linesOf(rules: readonly Rule[], { messages, currency }: RuleWording): string[] {
  const { quotaCommand: words, quota } = messages;
  return rules.map((rule, index) => {
    const before = rules[index - 1];
    const subject = subjectHeading(rule.subject, quota.subjects);
    const isFirst =
      before === undefined || subjectHeading(before.subject, quota.subjects) !== subject;
    const limit = measureText(rule.measure, rule.limit, messages, currency);
    const line = `- ${words.listLine(limit, quota.windows[rule.window])}`;
    const forbids = rule.limit === 0n ? ` (${words.listForbids})` : '';
    return `${isFirst ? `${subject}\n` : ''}${line}${forbids}`;
  });
}

function grantLines(
  grants: readonly Grant[],
  windows: Windows,
  { messages, currency }: RuleWording,
): string[] {
  const { grants: words, quota } = messages;
  return grants.map(({ memberId, measure, window, amount }, index) => {
    const line = words.listLine(
      `<@${memberId}>`,
      measureText(measure, amount, messages, currency),
      quota.windows[window],
      untilText(windows, window, messages),
    );
    return `${index === 0 ? `**${words.listTitle}**\n` : ''}- ${line}`;
  });
}

/** Includes the id, so that a rule can be cleared after its role or member is gone. */
function subjectHeading(
  subject: RuleSubject,
  names: Readonly<Record<'guild' | 'everyone', string>>,
): string {
  switch (subject.kind) {
    case 'role':
      return `**<@&${subject.id}>** \`${subject.id}\``;
    case 'member':
      return `**<@${subject.id}>** \`${subject.id}\``;
    case 'guild':
    case 'everyone':
      return `**${names[subject.kind]}**`;
  }
}

function compareRules(a: Rule, b: Rule): number {
  return (
    SUBJECT_ORDER.indexOf(a.subject.kind) - SUBJECT_ORDER.indexOf(b.subject.kind) ||
    idOf(a.subject).localeCompare(idOf(b.subject)) ||
    MEASURES.indexOf(a.measure) - MEASURES.indexOf(b.measure) ||
    WINDOW_KINDS.indexOf(a.window) - WINDOW_KINDS.indexOf(b.window)
  );
}

function idOf(subject: RuleSubject): string {
  return 'id' in subject ? subject.id : '';
}
