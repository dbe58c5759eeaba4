import { hasOperatorCost, isHeldForServer, operatorMoneyOf } from '../domain/ledger/money-sides.ts';
import type { Outcome } from '../domain/tasks/outcome.ts';
import { currentRoute } from '../domain/tasks/plan.ts';
import type { Task } from '../domain/tasks/task.ts';
import { amountText, moneyText } from '../bot/operator-requests/answer-text.ts';
import type { Holds } from './read-holds.ts';
import { holdsTexts } from './texts.ts';

const texts = holdsTexts.list;

/** The operator's list, one line per hold. */
export function listText({ tasks, unreadable }: Holds): string {
  const lost = unreadable.map(texts.damaged);
  if (tasks.length === 0) return [texts.none, ...lost].join('\n');
  const unpriced = tasks.filter((task) => !hasOperatorCost(task)).length;
  const head = [texts.head(tasks.length), ...(unpriced === 0 ? [] : [texts.unpriced(unpriced)])];
  return [...head, ...tasks.map(lineOf), ...lost].join('\n');
}

function lineOf(task: Task): string {
  const { stage } = task;
  const number = 'providerTaskId' in stage ? stage.providerTaskId : undefined;
  return [
    task.id,
    texts.server(task.guildId),
    texts.member(task.memberId),
    currentRoute(task).route,
    new Date(task.acceptedAt).toISOString(),
    countedText(task),
    whyText(task),
    number === undefined ? texts.noProviderTask : texts.providerTask(plain(number)),
    isHeldForServer(task) ? texts.unresolved : texts.resolved(moneyText(task.money, task)),
  ].join(' · ');
}

function countedText(task: Task): string {
  const money = operatorMoneyOf(task);
  const cost = 'amounts' in money ? money.amounts.cost : undefined;
  return cost === undefined ? texts.noQuote : texts.counts(amountText(cost, task));
}

/** The provider's id comes from outside and must not control the terminal. */
function plain(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 64);
}

/** Why an outcome is held; any other outcome is held because of the reported usage. */
const WHY: Readonly<Partial<Record<Outcome['kind'], string>>> = {
  'outcome-unknown': texts.why.unknown,
  'timed-out': texts.why.timedOut,
  'unknown-to-provider': texts.why.forgotten,
  'route-removed': texts.why.routeRemoved,
  failed: texts.why.failed,
  restored: texts.why.restored,
};

function whyText({ stage }: Task): string {
  if (!('outcome' in stage)) return texts.why.askedAgain;
  return WHY[stage.outcome.kind] ?? texts.why.usage;
}
