import { monthLabel } from '../domain/ledger/month-label.ts';
import { windowOf } from '../domain/ledger/windows.ts';
import type { Windows } from '../domain/ledger/windows.ts';
import { windowsIn } from '../domain/ledger/zone-setting.ts';
import type { ZoneSetting } from '../domain/ledger/zone-setting.ts';

/** What the calendar of a zone setting says about an instant. */
export interface CalendarPage {
  readonly windows: Windows;
  /** The month of the journal, such as `2026-11`. */
  readonly month: string;
}

/**
 * Windows and month of an instant, cached for as long as they stay the same: the conversion of time
 * zones is expensive, and at a hundred requests a second would take a third of all the time.
 */
export interface Calendar {
  /** `setting` is cached by identity: a changed setting is a new object. */
  pageOf(setting: ZoneSetting, nowMs: number): CalendarPage;
}

interface CachedPage extends CalendarPage {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Creates a calendar with an empty cache. */
export function createCalendar(): Calendar {
  const pages = new WeakMap<ZoneSetting, CachedPage>();
  return {
    pageOf(setting, nowMs) {
      const last = pages.get(setting);
      if (last !== undefined && nowMs >= last.fromMs && nowMs < last.untilMs) return last;
      const page = computePage(setting, nowMs);
      pages.set(setting, page);
      return page;
    },
  };
}

function computePage(setting: ZoneSetting, nowMs: number): CachedPage {
  const windows = windowsIn(setting, nowMs);
  // The journal uses the latest zone, which may not apply to any window yet.
  const bounds = [windows.day, windows.week, windows.month, windowOf('month', nowMs, setting.zone)];
  return {
    windows,
    month: monthLabel(nowMs, setting.zone),
    fromMs: Math.max(...bounds.map(({ startsAtMs }) => startsAtMs)),
    untilMs: Math.min(...bounds.map(({ endsAtMs }) => endsAtMs)),
  };
}
