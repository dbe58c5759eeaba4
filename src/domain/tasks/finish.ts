import type { Finish } from '../durations/histogram.ts';
import type { StageOf, Task } from './task.ts';

/**
 * When the provider finished a task, as far as looks told; undefined where they do not tell how
 * long it takes: it was asked for again after its end, so its time did not begin with the create.
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
