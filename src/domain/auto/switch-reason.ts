import { MINUTE_MS } from '../time-units.ts';
import type { Attempt } from '../tasks/attempt.ts';
import { currentRoute, isAuto } from '../tasks/plan.ts';
import type { Planned, SwitchReason } from '../tasks/plan.ts';
import type { CreateOutcome } from '../tasks/provider-answer.ts';
import { isAboutContent } from '../tasks/provider-rejection.ts';

/** A busy provider that wants a longer wait than this is left at once, in milliseconds. */
export const MAX_BUSY_WAIT_MS = MINUTE_MS / 2;

/** So many answers of a kind in a row make a task leave its route. */
const IN_A_ROW = 3;

/**
 * Why a task may go to its next route after the answer to a create, the last of its attempts;
 * `undefined` if it may not (contract 3). Every reason is a certain "no": after an answer that may
 * mean a billed task there is none.
 */
export function switchReason(task: Attempted, answer: CreateOutcome): SwitchReason | undefined {
  return isAuto(task) ? reasonIn(task, answer) : undefined;
}

type Attempted = Planned & { readonly attempts: readonly Attempt[] };

function reasonIn(task: Attempted, answer: CreateOutcome): SwitchReason | undefined {
  switch (answer.kind) {
    case 'not-sent':
      return isInARow(task, 'not-sent') ? 'unreachable' : undefined;
    case 'busy':
      return isBusyForLong(answer) || isInARow(task, 'busy') ? 'busy' : undefined;
    case 'wrong-address':
      return 'wrong-address';
    case 'refused':
      return isOfRoute(answer) ? 'refused' : undefined;
    case 'created':
    case 'assets-unready':
    case 'unknown':
      return undefined;
  }
}

function isBusyForLong({ retryAfterMs = 0 }: Extract<CreateOutcome, { kind: 'busy' }>): boolean {
  return retryAfterMs > MAX_BUSY_WAIT_MS;
}

/** Whether another route may take what this one refused. */
function isOfRoute({ isCoded, refusal }: Extract<CreateOutcome, { kind: 'refused' }>): boolean {
  return isCoded === true && !isAboutContent(refusal.category);
}

function isInARow(task: Attempted, outcome: Attempt['outcome']): boolean {
  const last = task.attempts.slice(-IN_A_ROW);
  const { route } = currentRoute(task);
  return (
    last.length === IN_A_ROW && last.every((one) => one.route === route && one.outcome === outcome)
  );
}
