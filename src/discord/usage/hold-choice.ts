import type { APIButtonComponent } from 'discord.js';
import { ComponentType, TextInputStyle } from '../discord-js.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
import { currentRoute, quoteOf } from '../../domain/tasks/plan.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Messages } from '../messages/en.ts';
import { actionButton } from '../render/buttons.ts';
import { shorten } from '../render/escape-user-text.ts';
import { priceText } from '../render/price-text.ts';
import { routeNameIn } from '../render/route-summary.ts';
import type { Row } from '../layout/layout.ts';
import type { Modal, PrivateMessage } from '../replies.ts';
import { attentionFrame, holdLine } from './holds-layout.ts';

/** The first part of the custom ids; the second is the task's id, or nothing. */
export const HOLD_ACTIONS = {
  list: 'holds',
  choose: 'hold',
  quote: 'hold-quote',
  amount: 'hold-amount',
  release: 'hold-release',
  ask: 'hold-ask',
} as const;

/** The field of the form, and of its custom id. */
export const AMOUNT_FIELD = 'amount';

/** Discord's limits of a select. */
const MAX_CHOICES = 25;
const LABEL_MAX = 100;

/** A menu of the oldest held tasks; no row if there are none. */
export function holdMenu(
  tasks: readonly Task[],
  messages: Messages,
  catalogue: Catalogue,
): readonly Row[] {
  if (tasks.length === 0) return [];
  const options = tasks
    .toSorted((a, b) => a.acceptedAt - b.acceptedAt)
    .slice(0, MAX_CHOICES)
    .map((task) => ({
      label: shorten(
        `${routeNameIn(catalogue, currentRoute(task).route)} · ${priceText(quoteOf(task), messages)}`,
        LABEL_MAX,
      ),
      description: `${dateOf(task)} UTC · ${task.id}`,
      value: task.id,
    }));
  const { choose: placeholder } = messages.resolve;
  const menu = { type: ComponentType.StringSelect, custom_id: `${HOLD_ACTIONS.choose}:list` };
  return [[{ ...menu, type: ComponentType.StringSelect, placeholder, options }]];
}

/** `2026-11-20 12:00` */
function dateOf({ acceptedAt }: Task): string {
  return new Date(acceptedAt).toISOString().slice(0, 16).replace('T', ' ');
}

/** One held task, with a button for each way to resolve it that is possible. */
export function holdView(
  task: Task,
  messages: Messages,
  { catalogue, hasPrices }: { readonly catalogue: Catalogue; readonly hasPrices: boolean },
): PrivateMessage {
  const frame = attentionFrame([
    { kind: 'text', text: holdLine(task, messages, catalogue) },
    { kind: 'divider' },
    { kind: 'text', text: messages.resolve.which },
    { kind: 'row', row: waysToResolve(task, messages, hasPrices) },
  ]);
  const back = { kind: 'row', row: [backToList(messages)] } as const;
  return { layout: { blocks: [frame, back], more: messages.usageCommand.sum.more } };
}

function waysToResolve(task: Task, messages: Messages, hasPrices: boolean): APIButtonComponent[] {
  const { actions } = messages.usageCommand.command;
  const quote = quoteOf(task);
  const button = (action: keyof typeof HOLD_ACTIONS, label: string): APIButtonComponent =>
    actionButton([HOLD_ACTIONS[action], task.id], label);
  const atQuote = messages.resolve.priced(actions.settle_at_quote, priceText(quote, messages));
  const isAsked = 'providerTaskId' in task.stage && task.stage.providerTaskId !== undefined;
  return [
    ...(hasPrices && quote.kind === 'priced' ? [button('quote', atQuote)] : []),
    ...(hasPrices ? [button('amount', actions.settle)] : []),
    button('release', actions.release),
    ...(isAsked ? [button('ask', actions.ask_again)] : []),
  ];
}

export function backToList({ resolve: words }: Messages): APIButtonComponent {
  return actionButton([HOLD_ACTIONS.list, 'list'], words.back);
}

/** The form in which the amount of a charge is typed. */
export function amountForm(taskId: string, currency: string, { resolve }: Messages): Modal {
  const { form } = resolve;
  return {
    custom_id: `${HOLD_ACTIONS.amount}:${taskId}`,
    title: form.title,
    components: [
      {
        type: ComponentType.Label,
        label: form.amount,
        component: {
          type: ComponentType.TextInput,
          custom_id: AMOUNT_FIELD,
          style: TextInputStyle.Short,
          placeholder: form.example(currency),
          required: true,
          max_length: 40,
        },
      },
    ],
  };
}
