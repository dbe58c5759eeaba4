import type { HoldAction, HoldAnswer } from '../../app/hold-actions.ts';
import type { AmountRefusal } from '../../domain/ledger/hold-amount.ts';
import type { Micros } from '../../domain/ledger/money.ts';
import { quoteOf } from '../../domain/tasks/plan.ts';
import type { Messages } from '../messages/en.ts';
import { amountIn } from './usage-figures.ts';

interface Acted {
  readonly taskId: string;
  readonly action: HoldAction;
  /** Used for tasks without a quote. */
  readonly currency: string;
}

/** The result of an action. */
export function holdAnswerText(
  answer: HoldAnswer,
  { taskId, action, currency }: Acted,
  messages: Messages,
): string {
  const { holds: words } = messages.usageCommand;
  const task = `\`${taskId}\``;
  if (answer.kind === 'not-held') return words.notHeld(task);
  if (answer.kind === 'under-way') return words.inProgress(task);
  if (answer.kind === 'nothing-to-ask') return words.nothingToAsk(task);
  if (answer.kind === 'refused') return refusalText(task, answer.refusal, messages);
  const { money } = answer.task;
  const quote = quoteOf(answer.task);
  if (action.kind === 'ask-again') return words.asking(task);
  if (action.kind === 'release') return words.released(task);
  const cost = money.state === 'settled' ? money.amounts.cost : undefined;
  if (cost === undefined) return words.settled(task, messages.money.unknown);
  const unit = quote.currency ?? currency;
  return words.settled(task, amountIn(cost, unit, messages));
}

/** The rule that the amount breaks; nothing was changed. */
function refusalText(task: string, refusal: AmountRefusal, messages: Messages): string {
  const { refusals: words } = messages.usageCommand.holds;
  if (refusal.why === 'no-price-list') return words.noPriceList(task);
  const { currency } = refusal;
  const amount = (micros: Micros): string => amountIn(micros, currency, messages);
  switch (refusal.why) {
    case 'no-quote':
      return words.noQuote(task, amount(refusal.max));
    case 'unreadable':
      return words.unreadable(currency);
    case 'other-currency':
      return words.otherCurrency(currency);
    case 'out-of-range':
      return refusal.quote === undefined
        ? words.aboveWithoutQuote(task, amount(refusal.max))
        : words.aboveQuote(amount(refusal.max), amount(refusal.quote));
  }
}
