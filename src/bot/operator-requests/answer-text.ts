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
import { answerTexts as texts } from './texts.ts';

/** The result of a request, as text for the operator. */
export function answerOf(
  { taskId }: Pick<OperatorRequest, 'taskId'>,
  answer: HoldAnswer,
): OperatorAnswer {
  switch (answer.kind) {
    case 'done':
      return { isDone: true, text: doneText(answer.task) };
    case 'refused':
      return notDone(refusalText(taskId, answer.refusal));
    case 'not-held':
      return notDone(texts.notHeld(taskId));
    case 'under-way':
    case 'nothing-to-ask':
      return notDone(texts.busy(taskId));
  }
}

function notDone(why: string): OperatorAnswer {
  return { isDone: false, text: texts.nothingDone(why) };
}

function doneText(task: Task): string {
  const operator = moneyText(operatorMoneyOf(task), task);
  if (task.operatorMoney === undefined) {
    return texts.doneForBoth(task.id, operator);
  }
  return texts.doneForOperator(task.id, operator, moneyText(task.money, task));
}

/** The state of one side: `settled at $0.50`. */
export function moneyText(money: TaskMoney, task: Task): string {
  if (money.state !== 'settled') return money.state === 'held' ? texts.unconfirmed : money.state;
  const { cost } = money.amounts;
  return cost === undefined ? texts.settledUnpriced : texts.settledAt(amountText(cost, task));
}

/** In the quote's currency; as a plain number where none was known. */
export function amountText(micros: Micros, task: Planned): string {
  const { currency } = quoteOf(task);
  if (currency !== undefined) return formatMoney(micros, currency);
  return formatMoney(micros, 'XXX').replace(/[^\d.,]/gu, '');
}

function refusalText(taskId: string, refusal: AmountRefusal): string {
  if (refusal.why === 'no-price-list') {
    return texts.noPriceList(taskId);
  }
  const { currency } = refusal;
  switch (refusal.why) {
    case 'no-quote':
      return texts.noQuote(taskId, formatMoney(refusal.max, currency));
    case 'unreadable':
      return texts.unreadable(currency);
    case 'other-currency':
      return texts.otherCurrency(currency);
    case 'out-of-range': {
      const max = formatMoney(refusal.max, currency);
      return refusal.quote === undefined
        ? texts.outOfRange(taskId, max)
        : texts.aboveQuote(max, formatMoney(refusal.quote, currency));
    }
  }
}
