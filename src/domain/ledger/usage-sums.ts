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
  /** How many of the videos have no known price and are missing from `cost`. */
  readonly unpriced: number;
}

/** Whether a task counts: while reserved or held, and once settled. */
export function isCounted({ state }: JournalLine): boolean {
  return state !== 'released' && state !== 'released (assumed)';
}

/** The amount a line counts for; `undefined` when its price is unknown. */
function countedCost({ state, quoted, settled }: JournalLine): Micros | undefined {
  return state === 'settled' ? settled : quoted;
}

/** `currency` is used for lines without one: those settled at an amount an admin typed. */
export function sumUsage(lines: Iterable<JournalLine>, currency: string): UsageSum {
  let [videos, seconds, unpriced] = [0, 0, 0];
  const cost = new Map<string, Micros>();
  for (const line of lines) {
    if (!isCounted(line)) continue;
    videos += 1;
    seconds += line.seconds;
    const amount = countedCost(line);
    if (amount === undefined) {
      unpriced += 1;
      continue;
    }
    const unit = line.currency ?? currency;
    cost.set(unit, (cost.get(unit) ?? 0n) + amount);
  }
  return { videos, seconds, cost, unpriced };
}

/** Groups lines by key, with the keys in order of appearance. */
export function groupLines<K>(
  lines: Iterable<JournalLine>,
  keyOf: (line: JournalLine) => K,
): ReadonlyMap<K, readonly JournalLine[]> {
  const groups = new Map<K, JournalLine[]>();
  for (const line of lines) {
    const key = keyOf(line);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [line]);
    else group.push(line);
  }
  return groups;
}

/** Sums lines by key. */
export function sumUsageBy<K>(
  lines: Iterable<JournalLine>,
  keyOf: (line: JournalLine) => K,
  currency: string,
): ReadonlyMap<K, UsageSum> {
  const groups = groupLines(lines, keyOf);
  return new Map([...groups].map(([key, group]) => [key, sumUsage(group, currency)]));
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
