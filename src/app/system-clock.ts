import type { Clock } from './ports.ts';

/** Node's timers take at most 2^31 - 1 ms; a longer wait is looked at again then. */
const LONGEST_TIMER_MS = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(ms, then) {
    const timer = setTimeout(then, Math.min(Math.max(ms, 0), LONGEST_TIMER_MS));
    return () => {
      clearTimeout(timer);
    };
  },
};
