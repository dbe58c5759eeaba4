import type { HoldAnswer } from '../../app/hold-actions.ts';
import type { AmountRefusal } from '../../domain/ledger/hold-amount.ts';
import { formatMoney } from '../../domain/ledger/money.ts';
import type { Micros } from '../../domain/ledger/money.ts';
import { operatorMoneyOf } from '../../domain/ledger/money-sides.ts';
import type { TaskMoney } from '../../domain/ledger/task-money.ts';
import { quoteOf } from '../../domain/tasks/plan.ts';
import type { Planned } from '../../domain/tasks/plan.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { OperatorAnswer, OperatorRequest } from './request.ts';

type Answer = Omit<OperatorAnswer, 'at'>;

/** The result of a request, as text for the operator. */
export function answerOf({ taskId }: Pick<OperatorRequest, 'taskId'>, answer: HoldAnswer): Answer {
  switch (answer.kind) {
    case 'done':
      return { isDone: true, text: doneText(answer.task) };
    case 'refused':
      return { isDone: false, text: `${refusalText(taskId, answer.refusal)} Nothing was done.` };
    case 'not-held':
      return {
        isDone: false,
        text: `Task ${taskId} has no unconfirmed charge (any more). Nothing was done.`,
      };
    case 'under-way':
    case 'nothing-to-ask':
      return {
        isDone: false,
        text: `Task ${taskId} is being worked on; try again in a moment. Nothing was done.`,
      };
  }
}

function doneText(task: Task): string {
  const operator = moneyText(operatorMoneyOf(task), task);
  if (task.operatorMoney === undefined) {
    return `Task ${task.id} is ${operator}, for your budget and for its server.`;
  }
  return `Task ${task.id} is ${operator} for your budget. Its server has it ${moneyText(task.money, task)}.`;
}

/** The state of one side: `settled at $0.50`. */
export function moneyText(money: TaskMoney, task: Task): string {
  if (money.state !== 'settled') return money.state === 'held' ? 'unconfirmed' : money.state;
  const { cost } = money.amounts;
  return cost === undefined ? 'settled without a price' : `settled at ${amountText(cost, task)}`;
}

/** In the quote's currency; without a quote as a plain number. */
export function amountText(micros: Micros, task: Planned): string {
  const quote = quoteOf(task);
  if (quote.kind === 'priced') return formatMoney(micros, quote.currency);
  return formatMoney(micros, 'XXX').replace(/[^\d.,]/gu, '');
}

function refusalText(taskId: string, refusal: AmountRefusal): string {
  if (refusal.why === 'no-price-list') {
    return `There is no price list, so no currency is known: task ${taskId} can only be released.`;
  }
  const { currency } = refusal;
  switch (refusal.why) {
    case 'no-quote':
      return `Task ${taskId} has no quote: settle it at an amount from 0 to ${formatMoney(refusal.max, currency)}, or release it.`;
    case 'unreadable':
      return `The amount must be a plain number with at most 6 decimals, such as 0.90 or "0.90 ${currency}".`;
    case 'other-currency':
      return `The amount must be in ${currency}, the currency of the price list.`;
    case 'out-of-range': {
      const max = formatMoney(refusal.max, currency);
      return refusal.quote === undefined
        ? `Task ${taskId} has no quote: its amount must be from 0 to ${max}.`
        : `The amount must be from 0 to ${max}, ten times the quote of ${formatMoney(refusal.quote, currency)}.`;
    }
  }
}
