import { monthLabel } from '../domain/ledger/month-label.ts';
import { windowOf } from '../domain/ledger/windows.ts';
import type { Windows } from '../domain/ledger/windows.ts';
import { initialZone, windowsIn } from '../domain/ledger/zone-setting.ts';
import type { ZoneSetting } from '../domain/ledger/zone-setting.ts';

/** What the calendar of a zone setting says of an instant. */
export interface CalendarPage {
  readonly windows: Windows;
  /** The month of the journal, `2026-11`. */
  readonly month: string;
}

/**
 * Windows and month of an instant, worked out once for as long as they hold: what costs is the time
 * zone's clock, and at a hundred requests a second it would take a third of all the time.
 */
export interface Calendar {
  /** `setting` is known again by its identity: one that is changed is a new object. */
  pageOf(setting: ZoneSetting, nowMs: number): CalendarPage;
  /** The windows of the operator's budgets. */
  operatorWindows(nowMs: number): Windows;
}

interface KnownPage extends CalendarPage {
  readonly fromMs: number;
  readonly untilMs: number;
}

export function createCalendar(): Calendar {
  const known = new WeakMap<ZoneSetting, KnownPage>();
  const operatorZone = initialZone('UTC');

  const pageOf = (setting: ZoneSetting, nowMs: number): CalendarPage => {
    const last = known.get(setting);
    if (last !== undefined && nowMs >= last.fromMs && nowMs < last.untilMs) return last;
    const page = workOut(setting, nowMs);
    known.set(setting, page);
    return page;
  };
  return { pageOf, operatorWindows: (nowMs) => pageOf(operatorZone, nowMs).windows };
}

function workOut(setting: ZoneSetting, nowMs: number): KnownPage {
  const windows = windowsIn(setting, nowMs);
  // The journal goes by the zone as last set, which may hold for no window yet.
  const bounds = [windows.day, windows.week, windows.month, windowOf('month', nowMs, setting.zone)];
  return {
    windows,
    month: monthLabel(nowMs, setting.zone),
    fromMs: Math.max(...bounds.map(({ startsAtMs }) => startsAtMs)),
    untilMs: Math.min(...bounds.map(({ endsAtMs }) => endsAtMs)),
  };
}
