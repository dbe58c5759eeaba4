import { createFault } from './fetch-fault.ts';

export type Deadline = {
  /** Aborted by the caller's signal, with its reason, or by the time limit. */
  readonly signal: AbortSignal;
  /** Frees the timer and the listener. */
  readonly end: () => void;
};

/**
 * Bounds a piece of work by its caller's signal, not aborted yet, and a time limit. Unlike `AbortSignal.any` it
 * leaves nothing on a caller's signal that lives as long as the process.
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
