import { currentRoute, quoteOf } from '../../domain/tasks/plan.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
import { promptOf } from '../../domain/tasks/task-request.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { TimestampStyles, time } from '../discord-js.ts';
import type { Messages } from '../messages/en.ts';
import { escapeUserText } from '../render/escape-user-text.ts';
import { taskLink } from '../render/message-link.ts';
import { costText, priceText } from '../render/price-text.ts';
import { routeNameIn } from '../render/route-summary.ts';
import { endWord } from './end-word.ts';

/** How much of a prompt is shown: as much of all of them as fits in these characters. */
const LINES_MAX = 3400;
const WORDS_MAX = [100, 60, 20] as const;

export interface LineContext {
  readonly messages: Messages;
  readonly catalogue: Catalogue;
}

/** Tasks with time, model, first words, end, price and link, each on two lines. */
export function historyLines(tasks: readonly Task[], context: LineContext): string[] {
  const texts = WORDS_MAX.map((max) =>
    tasks.map((task, index) => lineOf(task, index + 1, max, context)),
  );
  return texts.find((lines) => lines.join('\n').length <= LINES_MAX) ?? texts.at(-1) ?? [];
}

function lineOf(
  task: Task,
  number: number,
  wordsMax: number,
  { messages, catalogue }: LineContext,
): string {
  const { history: words } = messages;
  const link = taskLink(task);
  const facts = [
    time(Math.floor(task.acceptedAt / 1000), TimestampStyles.ShortDateTime),
    routeNameIn(catalogue, currentRoute(task).route),
    words.ends[endWord(task)],
    priceOf(task, messages),
    ...(link === undefined ? [] : [`[${words.message}](${link})`]),
  ];
  return `**${number}.** ${firstWords(task, wordsMax, messages)}\n-# ${facts.join(' · ')}`;
}

/** The start of a task's prompt, safe to show. */
function firstWords(task: Task, max: number, { history: words }: Messages): string {
  const prompt = promptOf(task);
  return prompt === undefined ? `*${words.promptUnreadable}*` : escapeUserText(prompt, max);
}

/** What it cost, or would cost. */
function priceOf(task: Task, messages: Messages): string {
  const { money } = task;
  const { history: words } = messages;
  const quote = quoteOf(task);
  switch (money.state) {
    case 'settled':
      return costText(quote, money.amounts.cost, messages);
    case 'none':
      return words.notCharged;
    case 'released':
      return money.assumed ? words.probablyNotCharged : words.notCharged;
    case 'reserved':
    case 'held':
      return priceText(quote, messages);
  }
}
