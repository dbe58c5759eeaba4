import type { Clock } from '../ports/core.ts';
import { withinLimit } from '../within-limit.ts';

/** After this the reply is that the bot is busy: Discord waits 3 s for the first reply. */
export const DECISION_LIMIT_MS = 2000;

/** When a call arrived, by the monotonic clock; `undefined` when it has just arrived. */
interface Arrived {
  readonly receivedElapsed?: number;
}

/** The time left for the decision, counted from the arrival of the call, in milliseconds. */
export function msToDecide(clock: Pick<Clock, 'elapsed'>, { receivedElapsed }: Arrived): number {
  const elapsed = clock.elapsed();
  return (receivedElapsed ?? elapsed) + DECISION_LIMIT_MS - elapsed;
}

/**
 * Resolves with the result of the work, or with `late` if it is not there when the time for the
 * decision has passed. The work goes on either way.
 */
export async function withinDecision<T>(
  clock: Pick<Clock, 'elapsed' | 'after'>,
  call: Arrived,
  work: Promise<T>,
): Promise<T | 'late'> {
  return withinLimit(clock, msToDecide(clock, call), work);
}
