import type { Clock } from './ports/core.ts';

/** Node's timers take at most 2^31 - 1 ms; a longer wait ends early then. */
const MAX_TIMER_MS = 2_147_483_647;

/** The machine's own clock, whose time counts as known and confirmed. */
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
