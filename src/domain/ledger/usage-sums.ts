import type { JournalLine } from './journal-line.ts';
import type { Micros } from './money.ts';
import { createZoneClock } from './time-zone.ts';
import type { DayNumber } from './time-zone.ts';

/** The sum of journal lines. Released tasks do not count. */
export interface UsageSum {
  readonly videos: number;
  /** Seconds of video. */
  readonly seconds: number;
  /**
   * Known amounts by currency. A price list can change its currency, and amounts in different
   * currencies cannot be added.
   */
  readonly cost: ReadonlyMap<string, Micros>;
  /** How many lines have no known price and are missing from `cost`. */
  readonly unpriced: number;
}

/** Whether a task counts: while reserved or held, and once settled. */
export function isCounted({ state }: Pick<JournalLine, 'state'>): boolean {
  return state !== 'released' && state !== 'released (assumed)';
}

/** How many videos a line stands for: an upload is none. */
export function videosOf({ isUpload }: Pick<JournalLine, 'isUpload'>): 0 | 1 {
  return isUpload === true ? 0 : 1;
}

/** Whether its amount is final, though perhaps by our own sum alone. */
export function isSettled({ state }: JournalLine): boolean {
  return state === 'settled' || state === 'settled (assumed)';
}

/** The amount a line counts for; `undefined` when its price is unknown. */
export function countedCost(line: JournalLine): Micros | undefined {
  return isSettled(line) ? line.settled : line.quoted;
}

/** A sum that lines are still added to. */
export interface RunningSum extends UsageSum {
  videos: number;
  seconds: number;
  readonly cost: Map<string, Micros>;
  unpriced: number;
}

export function emptySum(): RunningSum {
  return { videos: 0, seconds: 0, cost: new Map(), unpriced: 0 };
}

/** `currency` is used for lines without one: those settled at an amount an admin typed. */
export function addLine(sum: RunningSum, line: JournalLine, currency: string): void {
  if (!isCounted(line)) return;
  sum.videos += videosOf(line);
  sum.seconds += line.seconds;
  const amount = countedCost(line);
  if (amount === undefined) {
    sum.unpriced += 1;
    return;
  }
  const unit = line.currency ?? currency;
  sum.cost.set(unit, (sum.cost.get(unit) ?? 0n) + amount);
}

export function mergeSums(...sums: readonly UsageSum[]): UsageSum {
  const whole = emptySum();
  for (const { videos, seconds, cost, unpriced } of sums) {
    whole.videos += videos;
    whole.seconds += seconds;
    whole.unpriced += unpriced;
    for (const [unit, amount] of cost) whole.cost.set(unit, (whole.cost.get(unit) ?? 0n) + amount);
  }
  return whole;
}

/** Returns the date of a line in a time zone. Fastest for lines in chronological order. */
export function dayOfLine(zone: string): (line: JournalLine) => DayNumber {
  const clock = createZoneClock(zone);
  let known = { date: 0, fromMs: 0, untilMs: 0 };
  return ({ at }) => {
    if (at < known.fromMs || at >= known.untilMs) {
      const date = clock.dateOf(at);
      known = { date, fromMs: at, untilMs: clock.startOfDate(date + 1) };
    }
    return known.date;
  };
}
