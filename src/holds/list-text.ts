import { hasOperatorCost, isHeldForServer, operatorMoneyOf } from '../domain/ledger/money-sides.ts';
import type { Outcome } from '../domain/tasks/outcome.ts';
import { currentRoute } from '../domain/tasks/plan.ts';
import type { Task } from '../domain/tasks/task.ts';
import { amountText, moneyText } from '../bot/operator-requests/answer-text.ts';
import type { Holds } from './read-holds.ts';

/** The operator's list, one line per hold. */
export function listText({ tasks, unreadable }: Holds): string {
  const lost = unreadable.map((id) => `${id} · its record is damaged; the bot quarantines it`);
  if (tasks.length === 0) {
    return ['No unconfirmed charge counts against your budget.', ...lost].join('\n');
  }
  const unpriced = tasks.filter((task) => !hasOperatorCost(task)).length;
  const head = [
    `${tasks.length} unconfirmed ${tasks.length === 1 ? 'charge counts' : 'charges count'} against your budget until you resolve them:`,
    ...(unpriced === 0
      ? []
      : [`the first ${unpriced} without a quote: no budget knows what they cost`]),
  ];
  return [...head, ...tasks.map(lineOf), ...lost].join('\n');
}

function lineOf(task: Task): string {
  const { stage } = task;
  const number = 'providerTaskId' in stage ? stage.providerTaskId : undefined;
  return [
    task.id,
    `server ${task.guildId}`,
    `member ${task.memberId}`,
    currentRoute(task).route,
    new Date(task.acceptedAt).toISOString(),
    countedText(task),
    whyText(task),
    number === undefined ? "provider's number unknown" : `provider's number ${plain(number)}`,
    isHeldForServer(task)
      ? 'not resolved by an admin'
      : `resolved by an admin: ${moneyText(task.money, task)}`,
  ].join(' · ');
}

function countedText(task: Task): string {
  const money = operatorMoneyOf(task);
  const cost = 'amounts' in money ? money.amounts.cost : undefined;
  return cost === undefined ? 'no quote' : `counts ${amountText(cost, task)}`;
}

/** The provider's id comes from outside and must not control the terminal. */
function plain(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 64);
}

/** Why an outcome is held; any other outcome is held because of the reported usage. */
const WHY: Readonly<Partial<Record<Outcome['kind'], string>>> = {
  'outcome-unknown': 'the provider never confirmed the request',
  'timed-out': 'not finished in time',
  'unknown-to-provider': 'the provider no longer knows it',
  'route-removed': 'its model or provider was turned off',
  failed: 'the provider could not make it, and may have charged for it',
  restored: 'the database was restored from a copy; it may have been sent before',
};

function whyText({ stage }: Task): string {
  if (!('outcome' in stage)) return 'its provider is being asked again';
  return WHY[stage.outcome.kind] ?? 'the provider reports far more than was quoted';
}
