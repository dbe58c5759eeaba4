import TinyQueue from 'tinyqueue';
import type { Clock } from '../../../app/ports/core.ts';

interface Timer {
  readonly at: number;
  readonly ring: () => void;
  isCancelled: boolean;
}

/** A clock that moves only by `advance`, so that hours of waiting cost nothing. */
export interface VirtualClock extends Clock {
  /** Advances the clock and runs the timers that are due. */
  advance(ms: number): void;
}

export function createVirtualClock(startMs: number): VirtualClock {
  const timers = new TinyQueue<Timer>([], (a, b) => a.at - b.at);
  let nowMs = startMs;
  const runDue = (): void => {
    for (let next = timers.peek(); next !== undefined && next.at <= nowMs; next = timers.peek()) {
      timers.pop();
      if (!next.isCancelled) next.ring();
    }
  };
  return {
    now: () => nowMs,
    isKnown: () => true,
    isSure: () => true,
    onceKnown(then) {
      then();
    },
    elapsed: () => nowMs - startMs,
    after(ms, ring) {
      const timer: Timer = { at: nowMs + Math.max(ms, 0), ring, isCancelled: false };
      timers.push(timer);
      // A timer that is due at once does not wait for the clock to advance.
      if (ms <= 0) setImmediate(runDue);
      return () => {
        timer.isCancelled = true;
      };
    },
    advance(ms) {
      nowMs += ms;
      runDue();
    },
  };
}
