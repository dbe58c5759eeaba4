import type { Clock } from './ports/core.ts';

/** A loop that can be ended. */
export interface Loop {
  /** Resolves when no pass is under way any more: what it stands on is closed after it. */
  stop(): Promise<void>;
}

/**
 * Pass, wait, pass, from now on and never two at a time. A pass says in how many milliseconds the
 * next one is due; it never rejects, and ends early at the signal, which is a stop.
 */
export function startLoop(clock: Clock, pass: (signal: AbortSignal) => Promise<number>): Loop {
  const stopping = new AbortController();
  let cancel: (() => void) | undefined;
  let inFlight = Promise.resolve();
  async function passOnce(): Promise<void> {
    const waitMs = await pass(stopping.signal);
    if (!stopping.signal.aborted) cancel = clock.after(waitMs, begin);
  }
  function begin(): void {
    inFlight = passOnce();
  }
  begin();
  return {
    async stop() {
      stopping.abort();
      cancel?.();
      await inFlight;
    },
  };
}
