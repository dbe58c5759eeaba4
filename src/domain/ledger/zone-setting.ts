import { z } from 'zod';
import { isAhead, isTime } from '../found-times.ts';
import { instantSchema } from '../instant.ts';
import { isTimeZone } from './time-zone.ts';
import { windowOf, createWindow, windowsBy } from './windows.ts';
import type { CalendarKind, CalendarWindow, WindowKeys, Windows } from './windows.ts';

const zoneSchema = z.string().refine((name) => isTimeZone(name));

/** From when a zone's calendar holds, in milliseconds: the end of the last window before it. */
const spanSchema = z.strictObject({ zone: zoneSchema, fromMs: instantSchema });
type ZoneSpan = z.output<typeof spanSchema>;

const spansSchema = z.array(spanSchema).min(1).max(2);

/**
 * A guild's time zone. A new one holds from the next window on, and day, week and month end at
 * different times, so each keeps its own spans: the running one and, after a change, the one to come.
 */
export const zoneSettingSchema = z.strictObject({
  /** As last set. */
  zone: zoneSchema,
  spans: z.strictObject({ day: spansSchema, week: spansSchema, month: spansSchema }),
});
export type ZoneSetting = z.output<typeof zoneSettingSchema>;

/** A zone that was never changed. */
export function initialZone(zone: string): ZoneSetting {
  const spans = [{ zone, fromMs: 0 }];
  return { zone, spans: { day: spans, week: spans, month: spans } };
}

/**
 * A zone in the place of one that is no longer known: windows that an account counts in go on as they
 * began, so that nothing that was used is forgotten with the zone.
 */
export function resumedZone(zone: string, counting: WindowKeys): ZoneSetting {
  const spans = (kind: CalendarKind): ZoneSpan[] => [
    { zone, fromMs: Math.max(0, Date.parse(counting[kind])) },
  ];
  return { zone, spans: { day: spans('day'), week: spans('week'), month: spans('month') } };
}

/** The setting after a change at that instant: every running window still ends as it was to end. */
export function changeZone(setting: ZoneSetting, zone: string, instantMs: number): ZoneSetting {
  const spansOf = (kind: CalendarKind): ZoneSpan[] => {
    const running = runningSpan(setting.spans[kind], instantMs);
    if (running.zone === zone) return [running];
    return [running, { zone, fromMs: windowIn(setting, kind, instantMs).endsAtMs }];
  };
  return { zone, spans: { day: spansOf('day'), week: spansOf('week'), month: spansOf('month') } };
}

/**
 * The setting as it is found: a change of zone is never further ahead than the end of the running
 * window. One that is was set by a wrong clock, and is set anew; the same object where none is.
 */
export function zoneFound(setting: ZoneSetting, nowMs: number): ZoneSetting {
  if (!isTime(nowMs)) return setting;
  let isChanged = false;
  const spansOf = (kind: CalendarKind): ZoneSpan[] => {
    const [first, ...later] = setting.spans[kind];
    const running = runningSpan(setting.spans[kind], nowMs);
    const endsAtMs = windowInSpan(
      kind,
      { ...running, fromMs: begun(running, nowMs) },
      nowMs,
    ).endsAtMs;
    const spans = [
      ...(first === undefined ? [] : [{ ...first, fromMs: begun(first, nowMs) }]),
      ...later.map((span) => ({ ...span, fromMs: Math.min(span.fromMs, endsAtMs) })),
    ];
    isChanged ||= spans.some(({ fromMs }, at) => fromMs !== setting.spans[kind][at]?.fromMs);
    return spans;
  };
  const spans = { day: spansOf('day'), week: spansOf('week'), month: spansOf('month') };
  return isChanged ? { ...setting, spans } : setting;
}

/** From when a span that holds now has held. */
function begun({ fromMs }: ZoneSpan, nowMs: number): number {
  return isAhead(fromMs, nowMs) ? 0 : fromMs;
}

/** The window of an instant in a guild, whatever changes of zone lie between. */
export function windowIn(
  { spans }: ZoneSetting,
  kind: CalendarKind,
  instantMs: number,
): CalendarWindow {
  const running = runningSpan(spans[kind], instantMs);
  const window = windowInSpan(kind, running, instantMs);
  const next = spans[kind].find(({ fromMs }) => fromMs > instantMs);
  // By design this is the window's end already; a newer time zone database may disagree.
  return next === undefined || next.fromMs >= window.endsAtMs
    ? window
    : createWindow(window.startsAtMs, next.fromMs);
}

/** All windows of an instant in a guild. */
export function windowsIn(setting: ZoneSetting, instantMs: number): Windows {
  return windowsBy((kind) => windowIn(setting, kind, instantMs));
}

/** A clock that was set back may show an instant before every span: then the first one holds. */
function runningSpan(spans: readonly ZoneSpan[], instantMs: number): ZoneSpan {
  const running = spans.findLast(({ fromMs }) => fromMs <= instantMs) ?? spans[0];
  if (running === undefined) throw new Error('a zone setting has no span');
  return running;
}

function windowInSpan(kind: CalendarKind, span: ZoneSpan, instantMs: number): CalendarWindow {
  if (instantMs < span.fromMs) {
    const { startsAtMs, endsAtMs } = windowOf(kind, instantMs, span.zone);
    return createWindow(startsAtMs, Math.min(endsAtMs, span.fromMs));
  }
  const window = windowOf(kind, instantMs, span.zone);
  const lengthMs = window.endsAtMs - window.startsAtMs;
  if (window.startsAtMs - span.fromMs > lengthMs) return window;
  const first = firstWindow(kind, span);
  return instantMs < first.endsAtMs ? first : window;
}

/**
 * The first window in a zone begins in the middle of one of that zone's own. What is left of that one
 * stands alone if it is half of it or more; else it joins the next, for a month's quota must not be
 * had for two hours.
 */
function firstWindow(kind: CalendarKind, { zone, fromMs }: ZoneSpan): CalendarWindow {
  const own = windowOf(kind, fromMs, zone);
  const isMostlyLeft = (own.endsAtMs - fromMs) * 2 >= own.endsAtMs - own.startsAtMs;
  const endsAtMs = isMostlyLeft ? own.endsAtMs : windowOf(kind, own.endsAtMs, zone).endsAtMs;
  return createWindow(fromMs, endsAtMs);
}
