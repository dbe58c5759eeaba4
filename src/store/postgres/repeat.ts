import type { Clock } from '../../app/ports/core.ts';

/** Work that is repeated, never twice at a time. */
export interface Repeated {
  /** Does it now, or once more after the run that is in flight. */
  readonly now: () => void;
  /** Resolves when none runs any more. */
  stop(): Promise<void>;
}

/** Repeats work, the next time this many milliseconds after the end of the last; it must not reject. */
export function repeat(
  clock: Pick<Clock, 'after'>,
  everyMs: number,
  work: () => Promise<void>,
): Repeated {
  const stopping = new AbortController();
  let cancel: (() => void) | undefined;
  let running: Promise<void> | undefined;
  let isAskedFor = false;
  async function run(): Promise<void> {
    cancel?.();
    while (isAskedFor && !stopping.signal.aborted) {
      isAskedFor = false;
      await work();
    }
    running = undefined;
    if (!stopping.signal.aborted) cancel = clock.after(everyMs, now);
  }
  function now(): void {
    isAskedFor = true;
    if (!stopping.signal.aborted) running ??= run();
  }
  return {
    now,
    async stop() {
      stopping.abort();
      cancel?.();
      await running;
    },
  };
}
