import type { APIActionRowComponent, APIButtonComponent } from 'discord.js';
import type { TaskView } from '../../app/ports/message-port.ts';
import { quoteOf } from '../../domain/tasks/plan.ts';
import { offeredActions } from '../../domain/tasks/second-ways.ts';
import type { OfferedAction } from '../../domain/tasks/second-ways.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { ButtonStyle, ComponentType } from '../discord-js.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { Messages } from '../messages/en.ts';
import { priceText } from './price-text.ts';

/** What decides which buttons a task can have, besides its own end. */
export interface ButtonFacts {
  /** Whether last frames can be taken, and a route takes one as its first frame. */
  readonly canContinue: boolean;
  /** Whether a route makes this video better. */
  readonly canImprove: (task: Task) => boolean;
  /** Whether the provider of a task can cancel it while it is queued there. */
  readonly canCancel: (task: Task) => boolean;
}

/** Cancels a task that waits. */
export const CANCEL_ACTION = 'cancel';
/** Opens the menu of a task's message. */
export const MENU_ACTION = 'more';

type Row = APIActionRowComponent<APIButtonComponent>;

/** The buttons under a task's message, by its state: at most five in one row, or none. */
export function taskButtons(view: TaskView, facts: ButtonFacts): Row[] {
  const buttons =
    view.outcome === undefined ? waitingButtons(view, facts) : endedButtons(view, facts);
  return buttons.length === 0 ? [] : [{ type: ComponentType.ActionRow, components: [...buttons] }];
}

function waitingButtons(view: TaskView, facts: ButtonFacts): APIButtonComponent[] {
  if (!isCancellable(view, facts)) return [];
  const { task } = view;
  const { cancel } = messagesFor(task.language);
  return [button(CANCEL_ACTION, task, cancel.button)];
}

function isCancellable({ task, queuePosition }: TaskView, { canCancel }: ButtonFacts): boolean {
  const { stage } = task;
  if (stage.name === 'running') return stage.queuedAt !== undefined && canCancel(task);
  return queuePosition !== undefined || stage.name === 'preparing';
}

function endedButtons({ task, outcome }: TaskView, facts: ButtonFacts): APIButtonComponent[] {
  if (outcome === undefined || outcome.kind === 'not-started') return [];
  const messages = messagesFor(task.language);
  const menu = button(MENU_ACTION, task, messages.second.more);
  // A task of an older version does not say what was asked for.
  if (task.secrets.request === undefined) return [menu];
  const shown = offeredActions(task, outcome).filter((action) => isPossible(action, task, facts));
  return [...shown.map((action) => button(action, task, labelOf(action, task, messages))), menu];
}

function isPossible(action: OfferedAction, task: Task, facts: ButtonFacts): boolean {
  if (action === 'continue') return facts.canContinue;
  return action === 'higher' ? facts.canImprove(task) : true;
}

function labelOf(action: OfferedAction, task: Task, messages: Messages): string {
  const label = messages.second.buttons[action];
  const quote = quoteOf(task);
  if (action !== 'again' || quote.kind === 'unknown') return label;
  return `${label} · ${priceText(quote, messages)}`;
}

function button(action: string, { id }: Task, label: string): APIButtonComponent {
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label,
    custom_id: `${action}:${id}`,
  };
}
