import { createFault } from './fetch-fault.ts';

export type Deadline = {
  /** Aborts with the caller's signal and its reason, or at the time limit. */
  readonly signal: AbortSignal;
  /** Releases the timer and the listener. */
  readonly end: () => void;
};

/**
 * Limits work by the caller's signal, which must not be aborted yet, and by a time limit. Unlike
 * `AbortSignal.any` it leaves nothing behind on a signal that lives as long as the process.
 */
export const createDeadline = (callerSignal: AbortSignal, totalMs: number): Deadline => {
  const controller = new AbortController();
  const onCallerAbort = (): void => controller.abort(callerSignal.reason);
  callerSignal.addEventListener('abort', onCallerAbort, { once: true });
  const timer = setTimeout(() => controller.abort(createFault('TOTAL_TIMEOUT')), totalMs);
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer);
      callerSignal.removeEventListener('abort', onCallerAbort);
    },
  };
};
