import { textFile } from '../render/reply-file.ts';
import { openGrants } from '../../domain/ledger/grants.ts';
import type { Grant } from '../../domain/ledger/grants.ts';
import type { Rule, RuleSubject } from '../../domain/ledger/rules.ts';
import { MEASURES } from '../../domain/ledger/amounts.ts';
import { keysOf, WINDOW_KINDS } from '../../domain/ledger/windows.ts';
import type { Windows } from '../../domain/ledger/windows.ts';
import type { PrivateMessage } from '../replies.ts';
import { measureText } from '../render/rule-text.ts';
import type { Frame, Layout, LinesPart } from '../layout/layout.ts';
import { renderLayout } from '../layout/render-layout.ts';
import { titleText } from '../layout/title-text.ts';
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
  const lists = [
    ...rulesBySubject(rules.toSorted(compareRules), wording),
    ...grantList(open, windows, wording),
  ];
  const frame: Frame = {
    kind: 'frame',
    parts: [
      { kind: 'text', text: titleText(words.listTitle) },
      ...lists,
      { kind: 'divider' },
      { kind: 'text', text: `-# ${words.precedence}` },
    ],
  };
  const layout: Layout = { blocks: [frame], more: words.more };
  if (renderLayout(layout).left === 0) return { layout };
  const all = lists.flatMap(({ title, lines }) => [title, ...lines]);
  return { layout, files: [textFile('quotas.txt', all.join('\n'))] };
}

type TitledLines = LinesPart & { readonly title: string };

/** The sorted rules, those of one subject together. */
function rulesBySubject(
  rules: readonly Rule[],
  { messages, currency }: RuleWording,
): TitledLines[] {
  const { quotaCommand: words, quota, units } = messages;
  const lists = new Map<string, string[]>();
  for (const { subject, measure, limit, window } of rules) {
    const amount = measureText(measure, limit, messages, currency);
    const plain = words.listLine(amount, quota.windows[window]);
    const line = limit === 0n ? units.bracketed(plain, words.listForbids) : plain;
    const title = subjectHeading(subject, quota.headings);
    lists.set(title, [...(lists.get(title) ?? []), `- ${line}`]);
  }
  return [...lists].map(([title, lines]) => ({ kind: 'lines', title, lines }));
}

function grantList(
  grants: readonly Grant[],
  windows: Windows,
  { messages, currency }: RuleWording,
): TitledLines[] {
  if (grants.length === 0) return [];
  const { grants: words, quota } = messages;
  const lines = grants.map(({ memberId, measure, window, amount }) => {
    const line = words.listLine(
      `<@${memberId}>`,
      measureText(measure, amount, messages, currency),
      quota.windows[window],
      untilText(windows, window, messages),
    );
    return `- ${line}`;
  });
  return [{ kind: 'lines', title: `**${words.listTitle}**`, lines }];
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
