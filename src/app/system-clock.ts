import type { Clock } from './ports/core.ts';

/** Node's timers take at most 2^31 - 1 ms; a longer wait is looked at again then. */
const MAX_TIMER_MS = 2_147_483_647;

/** The machine's own clock: right or wrong, it never doubts itself. */
export const systemClock: Clock = {
  now: () => Date.now(),
  isKnown: () => true,
  isSure: () => true,
  onceKnown(then) {
    then();
  },
  elapsed: () => performance.now(),
  after(ms, then) {
    const timer = setTimeout(then, Math.min(Math.max(ms, 0), MAX_TIMER_MS));
    return () => {
      clearTimeout(timer);
    };
  },
};
