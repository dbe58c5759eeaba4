import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../domain/time-units.ts';
import type { Clock } from '../../app/ports/core.ts';
import { pick } from './dice.ts';
import type { Weighted } from './dice.ts';
import type { MachineFaults } from './machine-faults.ts';

/** How far a clock is off at a start, or jumps later, in milliseconds, by weight. */
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
  // A machine without a battery starts in 1970.
  [2, -55 * 365 * DAY_MS],
];
const LATEST_JUMP_MS = 1500;

/** Creates a clock that may jump while the bot runs, as a machine's may. Timers use the real clock. */
export function startJumpyClock(clock: Clock, machineFaults: MachineFaults): Clock {
  const { dice } = machineFaults;
  let offsetMs = 0;
  const jump = (label: string): void => {
    const by = pick(JUMPS, dice('clock', label));
    if (by === 0 || machineFaults.isOver()) return;
    offsetMs += by;
    machineFaults.report(`clock:${by / MINUTE_MS}-minutes`);
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
