import type { Clock } from '../app/ports/core.ts';

/** The end of the patience with a start. */
export interface StartLimit {
  /** Aborted once the start is given up. */
  readonly givenUp: AbortSignal;
  /** The start has ended. */
  end(): void;
}

/**
 * Gives up a start that is to stop and does not end: it may wait for ever for what a lost database would
 * have to answer, and a supervisor replaces no process that hangs. `graceMs` counts from the stop.
 */
export function limitStart({
  stopping,
  clock,
  graceMs,
}: {
  readonly stopping: AbortSignal;
  readonly clock: Pick<Clock, 'after'>;
  readonly graceMs: number;
}): StartLimit {
  const controller = new AbortController();
  let cancel: (() => void) | undefined;
  const stop = (): void => {
    cancel = clock.after(graceMs, () => {
      controller.abort(new Error('the start did not end in time after it was stopped'));
    });
  };
  if (stopping.aborted) stop();
  else stopping.addEventListener('abort', stop, { once: true });
  return {
    givenUp: controller.signal,
    end() {
      stopping.removeEventListener('abort', stop);
      cancel?.();
    },
  };
}
