import { z } from 'zod';
import { DAY_MS } from '../time-units.ts';
import { createZoneClock } from './time-zone.ts';
import type { DayNumber } from './time-zone.ts';

export const WINDOW_KINDS = ['day', 'week', 'month', 'total'] as const;
export type WindowKind = (typeof WINDOW_KINDS)[number];

/** The kinds of window that end; `total` never ends. */
export type CalendarKind = Exclude<WindowKind, 'total'>;

/**
 * Identifies a window within its kind: its start in ISO 8601 (UTC), or `total`. Not the local date,
 * which two windows can share after a change of time zone. Keys sort by time as text.
 */
export type WindowKey = string;
export const windowKeySchema = z.union([z.literal('total'), z.iso.datetime({ precision: 3 })]);

/** A period that sums are kept for; the start is inclusive, the end exclusive. */
interface Window {
  readonly key: WindowKey;
  readonly startsAtMs: number;
  /** Absent if it never ends. */
  readonly endsAtMs?: number;
}

export type CalendarWindow = Window & { readonly endsAtMs: number };

/** The windows that contain an instant, one of each kind. */
export type Windows = Readonly<
  Record<CalendarKind, CalendarWindow> & Record<Exclude<WindowKind, CalendarKind>, Window>
>;

export const windowKeysSchema = z.strictObject({
  day: windowKeySchema,
  week: windowKeySchema,
  month: windowKeySchema,
  total: windowKeySchema,
}) satisfies z.ZodType<Record<WindowKind, WindowKey>>;
export type WindowKeys = Readonly<z.output<typeof windowKeysSchema>>;

/** Everything that was ever counted. */
const TOTAL_WINDOW: Window = { key: 'total', startsAtMs: 0 };

/**
 * The calendar window of an instant in a time zone, exact across daylight saving; weeks start on
 * Monday.
 */
export function windowOf(kind: CalendarKind, instantMs: number, zone: string): CalendarWindow {
  const clock = createZoneClock(zone);
  let date = clock.dateOf(instantMs);
  // When clocks go back over midnight a date occurs twice. The start of the date decides, so that
  // every instant is in exactly one window.
  while (clock.startOfDate(date + 1) <= instantMs) date += 1;
  while (clock.startOfDate(date) > instantMs) date -= 1;
  return createWindow(
    clock.startOfDate(firstDate(kind, date)),
    clock.startOfDate(nextFirstDate(kind, date)),
  );
}

/** A calendar window by its bounds. */
export function createWindow(startsAtMs: number, endsAtMs: number): CalendarWindow {
  return { key: new Date(startsAtMs).toISOString(), startsAtMs, endsAtMs };
}

/** Builds all windows from a function that returns the window of one kind. */
export function windowsBy(windowFor: (kind: CalendarKind) => CalendarWindow): Windows {
  return {
    day: windowFor('day'),
    week: windowFor('week'),
    month: windowFor('month'),
    total: TOTAL_WINDOW,
  };
}

/** The time zone of the operator's budgets. */
export const OPERATOR_TIME_ZONE = 'UTC';

/** The windows of the operator's budgets. */
export function operatorWindows(instantMs: number): Windows {
  return windowsBy((kind) => windowOf(kind, instantMs, OPERATOR_TIME_ZONE));
}

export function keysOf({ day, week, month, total }: Windows): WindowKeys {
  return { day: day.key, week: week.key, month: month.key, total: total.key };
}

const DAYS_A_WEEK = 7;
/** 1970-01-05. */
const FIRST_MONDAY: DayNumber = 4;

function firstDate(kind: CalendarKind, date: DayNumber): DayNumber {
  const weeks = Math.floor((date - FIRST_MONDAY) / DAYS_A_WEEK);
  return { day: date, week: FIRST_MONDAY + weeks * DAYS_A_WEEK, month: monthStart(date, 0) }[kind];
}

function nextFirstDate(kind: CalendarKind, date: DayNumber): DayNumber {
  const monday = firstDate('week', date);
  return { day: date + 1, week: monday + DAYS_A_WEEK, month: monthStart(date, 1) }[kind];
}

function monthStart(date: DayNumber, monthsLater: number): DayNumber {
  const day = new Date(date * DAY_MS);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + monthsLater, 1) / DAY_MS;
}
