import type { Clock } from './ports/core.ts';

/** A loop that can be stopped. */
export interface Loop {
  /** Stops the loop; resolves when no pass runs any more, so that what it uses can be closed. */
  stop(): Promise<void>;
}

/**
 * Starts a loop of passes, immediately and never two at a time. A pass resolves with the wait until
 * the next one, in milliseconds; it must not reject, and should end early when the signal stops the
 * loop.
 */
export function startLoop(clock: Clock, pass: (signal: AbortSignal) => Promise<number>): Loop {
  const stopping = new AbortController();
  let cancel: (() => void) | undefined;
  let inFlight = Promise.resolve();
  async function runPass(): Promise<void> {
    const waitMs = await pass(stopping.signal);
    if (!stopping.signal.aborted) cancel = clock.after(waitMs, start);
  }
  function start(): void {
    inFlight = runPass();
  }
  start();
  return {
    async stop() {
      stopping.abort();
      cancel?.();
      await inFlight;
    },
  };
}
