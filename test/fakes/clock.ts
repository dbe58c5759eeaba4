import type { Clock } from '../../src/app/ports/core.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
}

export interface FakeClock extends Clock {
  /** Time as it stands now goes on by this many milliseconds; due timers fire in their order. */
  advance(ms: number): Promise<void>;
  /** Jumps to the earliest timer and fires it; false: none is set. */
  advanceToNextTimer(): Promise<boolean>;
  timersSet(): number;
}

/** 2026-11-20T12:00:00Z */
export const NOON = Date.UTC(2026, 10, 20, 12);

/** Everything that is ready to run has run: promises, and what Node queues behind them. */
export async function settle(rounds = 5): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
}

/** Time that stands still until the test moves it. */
export function fakeClock(startMs = NOON): FakeClock {
  let now = startMs;
  let order = 0;
  const timers = new Set<Timer>();

  const earliest = (until: number): Timer | undefined =>
    [...timers]
      .filter(({ at }) => at <= until)
      .toSorted((a, b) => a.at - b.at || a.order - b.order)[0];

  async function fire(timer: Timer): Promise<void> {
    timers.delete(timer);
    now = Math.max(now, timer.at);
    timer.fire();
    await settle();
  }

  return {
    now: () => now,
    isKnown: () => true,
    isSure: () => true,
    onceKnown(then) {
      then();
    },
    elapsed: () => now - startMs,
    after(ms, then) {
      order += 1;
      const timer = { at: now + Math.max(ms, 0), order, fire: then };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (let timer = earliest(end); timer !== undefined; timer = earliest(end)) {
        await fire(timer);
      }
      now = end;
      await settle();
    },
    async advanceToNextTimer() {
      await settle();
      const timer = earliest(Infinity);
      if (timer === undefined) return false;
      await fire(timer);
      return true;
    },
    timersSet: () => timers.size,
  };
}
