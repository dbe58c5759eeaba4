import { quoteOf } from '../../domain/tasks/plan.ts';
import type { HoldAction, HoldAnswer } from '../../app/hold-actions.ts';
import type { AmountRefusal } from '../../domain/ledger/hold-amount.ts';
import type { Micros } from '../../domain/ledger/money.ts';
import type { CommandCall, CommandServices } from '../command.ts';
import type { Messages } from '../messages/en.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { answerInTurn, answerLater } from './answer-later.ts';
import { MAX_HOLD_LINES, holdsText } from './holds-text.ts';
import type { AnswerTurn } from './answer-later.ts';
import { readHoldRequest } from './read-hold-request.ts';
import { amountIn } from './usage-figures.ts';

/** `/usage holds`: the tasks whose money is held, and how an admin ends them. */
export async function manageHolds(
  call: CommandCall,
  services: Pick<
    CommandServices,
    'holds' | 'notices' | 'guilds' | 'priceList' | 'replies' | 'reports' | 'catalogue'
  >,
): Promise<void> {
  const messages = messagesFor(call.language);
  const request = readHoldRequest(call.options, messages);
  switch (request.kind) {
    case 'refused':
      return services.replies.privately(call, request.why);
    case 'list':
      return answerInTurn(call, services, readingTurn(call, services, messages), async () => ({
        content: await listText(call.guildId, services, messages),
      }));
    case 'act':
      return answerLater(call, services, async () => {
        const { taskId, action } = request;
        const admin = call.member.user.id;
        const answer = await services.holds.act(call.guildId, taskId, action, admin);
        const currency = services.priceList?.currency ?? '';
        return { content: answerText(answer, { taskId, action, currency }, messages) };
      });
  }
}

function readingTurn(
  { guildId }: CommandCall,
  { reports }: Pick<CommandServices, 'reports'>,
  { usageCommand: { busy, failed } }: Messages,
): AnswerTurn {
  return { turns: reports.turns.reads, owner: guildId, full: busy, late: busy, failed };
}

/** Includes the latest notices if the admins chose no channel for them. */
async function listText(
  guildId: string,
  {
    holds,
    notices,
    guilds,
    catalogue,
  }: Pick<CommandServices, 'holds' | 'notices' | 'guilds' | 'catalogue'>,
  messages: Messages,
): Promise<string> {
  const { notices: channel } = await guilds.get(guildId);
  const [held, latestNotices] = await Promise.all([
    holds.list(guildId, MAX_HOLD_LINES),
    channel === undefined ? notices.list(guildId) : [],
  ]);
  return holdsText(held, latestNotices, messages, catalogue);
}

interface Acted {
  readonly taskId: string;
  readonly action: HoldAction;
  /** Used for tasks without a quote. */
  readonly currency: string;
}

/** The result of an action. */
function answerText(
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
  const unit = quote.kind === 'priced' ? quote.currency : currency;
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
