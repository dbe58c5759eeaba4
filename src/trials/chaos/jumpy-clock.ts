import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../domain/time-units.ts';
import type { Clock } from '../../app/ports/core.ts';
import { pick } from './dice.ts';
import type { Weighted } from './dice.ts';
import type { Mischief } from './mischief.ts';

/** By how much a clock is wrong at a start, or jumps later; most clocks are right. */
const JUMPS: Weighted<number> = [
  [60, 0],
  [3, -10 * MINUTE_MS],
  [3, 20 * MINUTE_MS],
  [4, 5 * HOUR_MS],
  [4, -5 * HOUR_MS],
  [4, DAY_MS],
  [4, -DAY_MS],
  [3, 40 * DAY_MS],
  [3, -40 * DAY_MS],
  [4, 500 * DAY_MS],
  [4, -365 * DAY_MS],
  [2, 30 * 365 * DAY_MS],
  // A machine without a battery begins in 1970.
  [2, -55 * 365 * DAY_MS],
];
const LATEST_JUMP_MS = 1500;

/** A clock that is set while the bot runs, as a machine's may be. Timers run by the real one. */
export function startJumpyClock(clock: Clock, mischief: Mischief): Clock {
  const { dice } = mischief;
  let offsetMs = 0;
  const jump = (label: string): void => {
    const by = pick(JUMPS, dice('clock', label));
    if (by === 0 || mischief.isOver()) return;
    offsetMs += by;
    mischief.tell(`clock:${by / MINUTE_MS}-minutes`);
  };
  jump('start');
  clock.after(dice('jump at') * LATEST_JUMP_MS, () => {
    jump('later');
  });
  return {
    ...clock,
    now: () => clock.now() + offsetMs,
    elapsed: () => clock.elapsed(),
    after: (ms, then) => clock.after(ms, then),
  };
}
