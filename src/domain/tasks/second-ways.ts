import { mayEndHeld } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { isAboutContent } from './provider-rejection.ts';
import type { SecondAction } from './origin.ts';
import type { Task } from './task.ts';

/** What a task's message offers besides its menu, by its end. */
export type OfferedAction = Exclude<SecondAction, 'pictures' | 'animate'>;

const FINISHED = ['again', 'edit', 'continue', 'higher'] as const;
const NOT_DELIVERED = ['again', 'edit', 'other'] as const;
const HELD = ['edit', 'other'] as const;
const REJECTED_CONTENT = ['edit'] as const;

/** What a task that ended offers, in order. What its server or provider cannot do is left out later. */
export function offeredActions(
  { money }: Pick<Task, 'money'>,
  outcome: Outcome,
): readonly OfferedAction[] {
  if (outcome.kind === 'delivered') {
    return outcome.how === 'message-gone' ? NOT_DELIVERED : FINISHED;
  }
  if (money.state === 'held' || (money.state === 'reserved' && mayEndHeld(outcome.kind))) {
    return HELD;
  }
  const isRejected = outcome.kind === 'refused' || outcome.kind === 'failed';
  if (isRejected && isAboutContent(outcome.refusal.category)) return REJECTED_CONTENT;
  return NOT_DELIVERED;
}

/** Whether a video may have been charged for already, so that another one is asked about first. */
export function mayBeCharged({ money, stage }: Pick<Task, 'money' | 'stage'>): boolean {
  return stage.name === 'ended' && stage.outcome.kind !== 'delivered' && money.state === 'held';
}
