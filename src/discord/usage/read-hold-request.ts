import type { HoldAction } from '../../app/hold-actions.ts';
import type { CommandCall } from '../command.ts';
import type { Messages } from '../messages/en.ts';
import { choiceOption } from '../options/option-value.ts';

/** The values of the option `do`. */
export const HOLD_CHOICES = ['settle', 'settle_at_quote', 'release', 'ask_again'] as const;
type HoldChoice = (typeof HOLD_CHOICES)[number];

export type HoldRequest =
  | { readonly kind: 'list' }
  | { readonly kind: 'act'; readonly taskId: string; readonly action: HoldAction }
  | { readonly kind: 'refused'; readonly why: string };

/** The requested action on a held task; without options, the list. */
export function readHoldRequest(options: CommandCall['options'], messages: Messages): HoldRequest {
  const { holds: words } = messages.usageCommand;
  const [task, wanted, amount] = ['task', 'do', 'amount'].map((name) => options.get(name));
  if (task === undefined && wanted === undefined && amount === undefined) return { kind: 'list' };
  const taskId = taskIdOf(task);
  if (taskId === undefined) return refused(words.taskMissing);
  if (wanted === undefined) return refused(words.doMissing);
  const choice = choiceOption(wanted, HOLD_CHOICES);
  if (choice === undefined) return refused(messages.answers.notUnderstood);
  const action = actionOf(choice, amount, words);
  return typeof action === 'string' ? refused(action) : { kind: 'act', taskId, action };
}

function refused(why: string): HoldRequest {
  return { kind: 'refused', why };
}

/** The list shows ids between backticks, which are easily copied along. */
export function taskIdOf(value: unknown): string | undefined {
  const id = typeof value === 'string' ? value.replaceAll(/[`\s]/g, '') : '';
  return /^\d{1,20}$/.test(id) ? id : undefined;
}

/** The action, or what is wrong with it. */
function actionOf(
  choice: HoldChoice,
  amount: unknown,
  words: Messages['usageCommand']['holds'],
): HoldAction | string {
  if (choice === 'settle') {
    if (amount === undefined) return words.amountMissing;
    return typeof amount === 'string' ? { kind: 'settle', amount } : words.amountUnreadable;
  }
  if (amount !== undefined) return words.amountNotTaken;
  switch (choice) {
    case 'settle_at_quote':
      return { kind: 'settle-at-quote' };
    case 'release':
      return { kind: 'release' };
    case 'ask_again':
      return { kind: 'ask-again' };
  }
}
