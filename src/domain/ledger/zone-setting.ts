import { z } from 'zod';
import { isAhead, isTime } from '../recorded-times.ts';
import { instantSchema } from '../instant.ts';
import { isTimeZone } from './time-zone.ts';
import { OPERATOR_TIME_ZONE, windowOf, createWindow, windowsBy } from './windows.ts';
import type { CalendarKind, CalendarWindow, WindowKeys, Windows } from './windows.ts';

const zoneSchema = z.string().refine((name) => isTimeZone(name));

/**
 * The instant from which a zone's calendar applies, in milliseconds: the end of the last window
 * before it.
 */
const spanSchema = z.strictObject({ zone: zoneSchema, fromMs: instantSchema });
type ZoneSpan = z.output<typeof spanSchema>;

const spansSchema = z.array(spanSchema).min(1).max(2);

/**
 * A guild's time zone. A new zone applies from the next window on. Day, week and month end at
 * different times, so each has its own spans: the current one and, after a change, the next one.
 */
export const zoneSettingSchema = z.strictObject({
  /** The zone that was set last. */
  zone: zoneSchema,
  spans: z.strictObject({ day: spansSchema, week: spansSchema, month: spansSchema }),
});
export type ZoneSetting = z.output<typeof zoneSettingSchema>;

/** The setting of a guild that never changed its zone. */
export function initialZone(zone: string): ZoneSetting {
  const spans = [{ zone, fromMs: 0 }];
  return { zone, spans: { day: spans, week: spans, month: spans } };
}

/** The setting that the operator's budgets are counted by. */
export const OPERATOR_ZONE: ZoneSetting = initialZone(OPERATOR_TIME_ZONE);

/**
 * Replaces a zone that was lost. The windows an account counts in keep their start, so that no
 * usage is lost with the zone.
 */
export function resumedZone(zone: string, counting: WindowKeys): ZoneSetting {
  const spans = (kind: CalendarKind): ZoneSpan[] => [
    { zone, fromMs: Math.max(0, Date.parse(counting[kind])) },
  ];
  return { zone, spans: { day: spans('day'), week: spans('week'), month: spans('month') } };
}

/**
 * The setting after a change at that instant. Current windows still end when they would have ended.
 */
export function changeZone(setting: ZoneSetting, zone: string, instantMs: number): ZoneSetting {
  const spansOf = (kind: CalendarKind): ZoneSpan[] => {
    const running = runningSpan(setting.spans[kind], instantMs);
    if (running.zone === zone) return [running];
    return [running, { zone, fromMs: windowIn(setting, kind, instantMs).endsAtMs }];
  };
  return { zone, spans: { day: spansOf('day'), week: spansOf('week'), month: spansOf('month') } };
}

/**
 * Repairs a setting made while the clock was wrong: a change of zone can never apply later than the
 * end of the current window. Returns the same object if there is nothing to repair.
 */
export function repairZone(setting: ZoneSetting, nowMs: number): ZoneSetting {
  if (!isTime(nowMs)) return setting;
  let isChanged = false;
  const spansOf = (kind: CalendarKind): ZoneSpan[] => {
    const [first, ...later] = setting.spans[kind];
    const running = runningSpan(setting.spans[kind], nowMs);
    const endsAtMs = windowInSpan(
      kind,
      { ...running, fromMs: effectiveFrom(running, nowMs) },
      nowMs,
    ).endsAtMs;
    const spans = [
      ...(first === undefined ? [] : [{ ...first, fromMs: effectiveFrom(first, nowMs) }]),
      ...later.map((span) => ({ ...span, fromMs: Math.min(span.fromMs, endsAtMs) })),
    ];
    isChanged ||= spans.some(({ fromMs }, at) => fromMs !== setting.spans[kind][at]?.fromMs);
    return spans;
  };
  const spans = { day: spansOf('day'), week: spansOf('week'), month: spansOf('month') };
  return isChanged ? { ...setting, spans } : setting;
}

/** The start of a span that applies now. */
function effectiveFrom({ fromMs }: ZoneSpan, nowMs: number): number {
  return isAhead(fromMs, nowMs) ? 0 : fromMs;
}

/** The window of an instant in a guild, across changes of zone. */
export function windowIn(
  { spans }: ZoneSetting,
  kind: CalendarKind,
  instantMs: number,
): CalendarWindow {
  const running = runningSpan(spans[kind], instantMs);
  const window = windowInSpan(kind, running, instantMs);
  const next = spans[kind].find(({ fromMs }) => fromMs > instantMs);
  // Normally this is the window's end; a newer time zone database may disagree.
  return next === undefined || next.fromMs >= window.endsAtMs
    ? window
    : createWindow(window.startsAtMs, next.fromMs);
}

/** All windows of an instant in a guild. */
export function windowsIn(setting: ZoneSetting, instantMs: number): Windows {
  return windowsBy((kind) => windowIn(setting, kind, instantMs));
}

/** A clock that was set back may give an instant before every span; then the first span applies. */
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
 * The first window after a change starts in the middle of one of the new zone's windows. If at
 * least half of that window is left, the rest is a window of its own; otherwise it is joined to the
 * next one, so that a member does not get a month's quota for two hours.
 */
function firstWindow(kind: CalendarKind, { zone, fromMs }: ZoneSpan): CalendarWindow {
  const own = windowOf(kind, fromMs, zone);
  const isMostlyLeft = (own.endsAtMs - fromMs) * 2 >= own.endsAtMs - own.startsAtMs;
  const endsAtMs = isMostlyLeft ? own.endsAtMs : windowOf(kind, own.endsAtMs, zone).endsAtMs;
  return createWindow(fromMs, endsAtMs);
}
