import TinyQueue from 'tinyqueue';
import type { Clock } from '../../../app/ports/core.ts';

interface Timer {
  readonly at: number;
  readonly ring: () => void;
  isCancelled: boolean;
}

/** A clock that stands until it is moved, so that hours of waiting cost nothing. */
export interface VirtualClock extends Clock {
  /** Moves on and runs what is due by then. */
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
      // What is due at once does not wait for the clock to be moved.
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
