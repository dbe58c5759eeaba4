import { DAY_MS, HOUR_MS } from '../time-units.ts';

/** A calendar date as the number of days since 1970-01-01. */
export type DayNumber = number;

/** Further from UTC than any zone has been since 1970, in milliseconds. */
const MAX_OFFSET_MS = 16 * HOUR_MS;

/**
 * Reads a time zone's wall clock. Build it once per computation: creating the formatter is the
 * expensive part.
 */
export interface ZoneClock {
  readonly dateOf: (instantMs: number) => DayNumber;
  /** The first instant of a date; for a date that the zone skipped, the first instant after it. */
  readonly startOfDate: (date: DayNumber) => number;
}

/**
 * Whether this is the name of a time zone. Offsets such as `+02:00` are refused: they have no
 * daylight saving.
 */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The clock of a time zone; throws if `isTimeZone` is false for the name. */
export function createZoneClock(zone: string): ZoneClock {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const dateOf = (instantMs: number): DayNumber =>
    Math.floor(wallClockMs(format, instantMs) / DAY_MS);
  return { dateOf, startOfDate: (date) => startOfDate(format, dateOf, date) };
}

/** The local time read as if it were UTC, in whole seconds. */
function wallClockMs(format: Intl.DateTimeFormat, instantMs: number): number {
  const shown = new Map(
    format.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => shown.get(type) ?? Number.NaN;
  return Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
}

function startOfDate(
  format: Intl.DateTimeFormat,
  dateOf: (instantMs: number) => DayNumber,
  date: DayNumber,
): number {
  const midnightUtcMs = date * DAY_MS;
  const offsetMs = (instantMs: number): number => wallClockMs(format, instantMs) - instantMs;
  const guessMs = midnightUtcMs - offsetMs(midnightUtcMs - offsetMs(midnightUtcMs));
  if (dateOf(guessMs) >= date && dateOf(guessMs - 1) < date) return guessMs;
  // The clock changes at midnight, or skips it: search for the instant at which the date begins.
  let beforeMs = midnightUtcMs - MAX_OFFSET_MS;
  let startMs = midnightUtcMs + MAX_OFFSET_MS;
  while (startMs - beforeMs > 1) {
    const middleMs = Math.floor((beforeMs + startMs) / 2);
    if (dateOf(middleMs) >= date) startMs = middleMs;
    else beforeMs = middleMs;
  }
  return startMs;
}
