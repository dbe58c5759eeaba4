import { newReference } from '../app/new-reference.ts';
import { NotOurs } from '../app/slots/not-ours.ts';
import type { Log } from '../app/ports/core.ts';

/** Reports why a step of a task did not end; `times` counts the failures before it. */
export function logBrokenStep(
  { log }: { readonly log: Log },
  {
    taskId,
    times,
    cause,
  }: { readonly taskId: string; readonly times: number; readonly cause: unknown },
): void {
  // Nothing broke: until the slot is lost or its lease is renewed nothing may be sent.
  if (cause instanceof NotOurs) {
    log.info({ taskId, times }, 'step of a task waits for its lease');
    return;
  }
  const reference = newReference();
  log.error({ err: cause, taskId, reference, times }, 'step of a task broke; trying again');
}
