import { currentRoute, quoteOf } from '../../domain/tasks/plan.ts';
import { TimestampStyles, time } from '../discord-js.ts';
import { MONEY_AT_END } from '../../domain/tasks/outcome.ts';
import type { Outcome } from '../../domain/tasks/outcome.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Messages } from '../messages/en.ts';
import { shorten } from '../render/escape-user-text.ts';
import { noticeText } from '../render/notice-text.ts';
import { priceText } from '../render/price-text.ts';
import { fitLines } from '../options/fit-lines.ts';
import type { Notice } from '../../domain/notice.ts';

/** The rest of them stand in the log. */
const NOTICES_MOST = 3;
const NOTICE_MAX_CHARS = 300;
/** More lines than one message can hold, so that of many the most need no wording. */
const FIT_MOST = 40;
/** Enough to find it by in the provider's console; it may have 512. */
const NUMBER_MAX_CHARS = 64;

/** The held tasks in one message, the oldest first; above them what admins should know besides. */
export function holdsText(
  held: readonly Task[],
  notices: readonly Notice[],
  messages: Messages,
): string {
  const { holds: words, sum } = messages.usageCommand;
  const above = notices
    .filter(({ about }) => about.kind !== 'held')
    .slice(0, NOTICES_MOST)
    .map((notice) => `⚠️ ${shorten(noticeText(notice, messages), NOTICE_MAX_CHARS)}`);
  if (held.length === 0) return [...above, words.none].join('\n');
  const oldest = held.toSorted((a, b) => a.acceptedAt - b.acceptedAt).slice(0, FIT_MOST);
  const lines = oldest.map((task) => lineOf(task, messages));
  return fitLines(lines, {
    head: [...above, words.title(held.length), `-# ${words.how}`].join('\n'),
    more: (left) => sum.more(left + held.length - oldest.length),
  }).text;
}

function lineOf(task: Task, messages: Messages): string {
  const when = time(Math.floor(task.acceptedAt / 1000), TimestampStyles.ShortDateTime);
  return [
    `- \`${task.id}\` ${when} <@${task.memberId}>`,
    `\`${currentRoute(task).route}\``,
    priceText(quoteOf(task), messages),
    numberText(task, messages),
    whyText(task, messages),
  ].join(' · ');
}

function numberText({ stage }: Task, { usageCommand: { holds: words } }: Messages): string {
  const number = 'providerTaskId' in stage ? stage.providerTaskId : undefined;
  if (number === undefined) return words.noNumber;
  // Any printable text may be one: none ends the code that it stands in.
  return words.number(`\`${shorten(number.replaceAll('`', 'ˋ'), NUMBER_MAX_CHARS)}\``);
}

function whyText({ stage }: Task, { usageCommand: { holds: words } }: Messages): string {
  if (!('outcome' in stage)) return words.askedAgain;
  const { kind } = stage.outcome;
  if (isHeldByItself(kind)) return words.why[kind];
  // Finished by the provider, and yet held: what it reports was not believed.
  return words.why['usage-doubted'];
}

type HeldOutcome =
  | 'outcome-unknown'
  | 'timed-out'
  | 'unknown-to-provider'
  | 'route-removed'
  | 'restored';

function isHeldByItself(kind: Outcome['kind']): kind is HeldOutcome {
  return MONEY_AT_END[kind] === 'held';
}
