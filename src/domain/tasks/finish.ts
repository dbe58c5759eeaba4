import type { Finish } from '../durations/histogram.ts';
import type { StageOf, Task } from './task.ts';

/**
 * When the provider finished a task, as far as the polls showed. `undefined` for a task that was
 * polled again after its end, because its duration does not start with the create.
 */
export function finishOf(
  { money }: Task,
  running: StageOf<'running'>,
  nowMs: number,
): Finish | undefined {
  if (money.state !== 'reserved') return undefined;
  const { submittedAt, lastPolledAt = submittedAt, addressMissingSince = nowMs } = running;
  return { afterMs: lastPolledAt - submittedAt, byMs: addressMissingSince - submittedAt };
}
