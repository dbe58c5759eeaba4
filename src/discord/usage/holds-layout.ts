import { currentRoute, quoteOf } from '../../domain/tasks/plan.ts';
import { TimestampStyles, time } from '../discord-js.ts';
import { mayEndHeld } from '../../domain/tasks/outcome.ts';
import type { HeldTasks } from '../../app/ports/core.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Messages } from '../messages/en.ts';
import { shorten } from '../render/escape-user-text.ts';
import { noticeText } from '../render/notice-text.ts';
import { routeNameIn } from '../render/route-summary.ts';
import { priceText } from '../render/price-text.ts';
import { ACCENTS } from '../layout/accents.ts';
import type { Frame, Layout, Part, Row } from '../layout/layout.ts';
import type { Notice } from '../../domain/notice.ts';

/** All notices together; of twenty long ones the oldest are only counted. */
const NOTICES_MAX_CHARS = 2500;
const NOTICE_MAX_CHARS = 300;
/** More lines than one message can hold; further holds are only counted. */
export const MAX_HOLD_LINES = 40;
/** Enough to find the task in the provider's console; ids may have up to 512 characters. */
const NUMBER_MAX_CHARS = 64;

/** The held tasks in one message, the oldest first, below recent notices to admins. */
export function holdsLayout(
  { total, oldest }: HeldTasks,
  notices: readonly Notice[],
  { messages, catalogue, rows }: HoldsContext,
): Layout {
  const { holds: words, sum } = messages.usageCommand;
  const above = withinChars(
    notices
      .filter(({ about }) => about.kind !== 'held')
      .map((notice) => `⚠️ ${shorten(noticeText(notice, messages, catalogue), NOTICE_MAX_CHARS)}`),
    sum.more,
  );
  const lines = oldest
    .toSorted((a, b) => a.acceptedAt - b.acceptedAt)
    .map((task) => holdLine(task, messages, catalogue));
  const list: readonly Part[] =
    total === 0
      ? [{ kind: 'text', text: words.none }]
      : [
          { kind: 'text', text: `${words.title(total)}\n-# ${words.how}` },
          { kind: 'divider' },
          { kind: 'lines', lines, beyond: total - oldest.length },
        ];
  return {
    blocks: [
      ...(above.length === 0 ? [] : [attentionFrame([{ kind: 'text', text: above.join('\n') }])]),
      { kind: 'frame', parts: list },
      ...rows.map((row) => ({ kind: 'row', row }) as const),
    ],
    more: sum.more,
  };
}

/** As many of the lines as have room, and how many there are besides. */
function withinChars(lines: readonly string[], more: (count: number) => string): string[] {
  let room = NOTICES_MAX_CHARS;
  const shown = lines.filter((line) => {
    room -= line.length + 1;
    return room >= 0;
  });
  return shown.length === lines.length ? shown : [...shown, more(lines.length - shown.length)];
}

interface HoldsContext {
  readonly messages: Messages;
  readonly catalogue: Catalogue;
  /** What is below the list. */
  readonly rows: readonly Row[];
}

/** A box for what an admin has to look at. */
export function attentionFrame(parts: readonly Part[]): Frame {
  return { kind: 'frame', accent: ACCENTS.attention, parts };
}

/** What is known about one held task: what an admin decides by, then what it is found by. */
export function holdLine(task: Task, messages: Messages, catalogue: Catalogue): string {
  const when = time(Math.floor(task.acceptedAt / 1000), TimestampStyles.ShortDateTime);
  const what = [
    `**${routeNameIn(catalogue, currentRoute(task).route)}**`,
    priceText(quoteOf(task), messages),
    when,
    `<@${task.memberId}>`,
  ];
  const details = [whyText(task, messages), numberText(task, messages), `\`${task.id}\``];
  return `${what.join(' · ')}\n-# ${details.join(' · ')}`;
}

function numberText({ stage }: Task, { usageCommand: { holds: words } }: Messages): string {
  const number = 'providerTaskId' in stage ? stage.providerTaskId : undefined;
  if (number === undefined) return words.noNumber;
  // A provider's task id may be any printable text, so backticks are replaced.
  return words.number(`\`${shorten(number.replaceAll('`', 'ˋ'), NUMBER_MAX_CHARS)}\``);
}

function whyText({ stage }: Task, { usageCommand: { holds: words } }: Messages): string {
  if (!('outcome' in stage)) return words.askedAgain;
  const { kind } = stage.outcome;
  if (mayEndHeld(kind)) return words.why[kind];
  // Finished by the provider and yet held: the reported usage was implausible.
  return words.why['usage-doubted'];
}
