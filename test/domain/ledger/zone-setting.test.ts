import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowOf } from '../../../src/domain/ledger/windows.ts';
import type { CalendarKind } from '../../../src/domain/ledger/windows.ts';
import {
  changeZone,
  initialZone,
  windowIn,
  zoneSettingSchema,
} from '../../../src/domain/ledger/zone-setting.ts';
import type { ZoneSetting } from '../../../src/domain/ledger/zone-setting.ts';

const KINDS: readonly CalendarKind[] = ['day', 'week', 'month'];
const at = (iso: string): number => Date.parse(iso);
const changedAtMs = at('2026-06-10T12:00:00.000Z');

/** The bounds of the current window and of those after it, as text. */
function boundariesOf(setting: ZoneSetting, kind: CalendarKind, count: number): string[] {
  const boundaries: string[] = [];
  let instantMs = changedAtMs;
  for (let i = 0; i < count; i += 1) {
    instantMs = windowIn(setting, kind, instantMs).endsAtMs;
    boundaries.push(new Date(instantMs).toISOString().slice(0, 16));
  }
  return boundaries;
}

describe('a zone that was never changed', () => {
  it.each(KINDS)('has the windows of its calendar: %s', (kind) => {
    const setting = initialZone('Europe/Berlin');
    expect(windowIn(setting, kind, changedAtMs)).toEqual(
      windowOf(kind, changedAtMs, 'Europe/Berlin'),
    );
  });
});

describe('a change of zone', () => {
  const eastward = changeZone(initialZone('UTC'), 'Asia/Tokyo', changedAtMs);
  const westward = changeZone(initialZone('Europe/Berlin'), 'UTC', changedAtMs);

  it.each<[why: string, ZoneSetting, CalendarKind, string[]]>([
    // Midnight UTC is 09:00 in Tokyo: most of that day is left, so it is a window of its own.
    [
      'eastward ends the day as planned',
      eastward,
      'day',
      ['2026-06-11T00:00', '2026-06-11T15:00', '2026-06-12T15:00'],
    ],
    [
      'eastward ends the week as planned',
      eastward,
      'week',
      ['2026-06-15T00:00', '2026-06-21T15:00', '2026-06-28T15:00'],
    ],
    [
      'eastward ends the month as planned',
      eastward,
      'month',
      ['2026-07-01T00:00', '2026-07-31T15:00', '2026-08-31T15:00'],
    ],
    // Berlin's midnight is 22:00 UTC: the two hours left join the next window.
    [
      'westward makes the next day longer',
      westward,
      'day',
      ['2026-06-10T22:00', '2026-06-12T00:00', '2026-06-13T00:00'],
    ],
    [
      'westward makes the next week longer',
      westward,
      'week',
      ['2026-06-14T22:00', '2026-06-22T00:00', '2026-06-29T00:00'],
    ],
    [
      'westward makes the next month longer',
      westward,
      'month',
      ['2026-06-30T22:00', '2026-08-01T00:00', '2026-09-01T00:00'],
    ],
  ])('%s', (_why, setting, kind, boundaries) => {
    expect(boundariesOf(setting, kind, 3)).toEqual(boundaries);
  });

  it('is one window from its start, in the part that joined as in the rest', () => {
    const joined = windowIn(westward, 'month', at('2026-06-30T22:00:00.000Z'));
    expect(joined.key).toBe('2026-06-30T22:00:00.000Z');
    expect(windowIn(westward, 'month', at('2026-06-30T23:59:59.999Z'))).toEqual(joined);
    expect(windowIn(westward, 'month', at('2026-07-01T00:00:00.000Z'))).toEqual(joined);
    expect(windowIn(westward, 'month', at('2026-07-31T23:59:59.999Z'))).toEqual(joined);
  });

  it('replaces one that has not taken effect', () => {
    const twice = changeZone(eastward, 'America/New_York', changedAtMs + 1000);
    expect(boundariesOf(twice, 'month', 2)).toEqual(
      boundariesOf(changeZone(initialZone('UTC'), 'America/New_York', changedAtMs), 'month', 2),
    );
  });

  it('holds for the day while the month still runs in the first zone', () => {
    const later = changeZone(eastward, 'Europe/Berlin', at('2026-06-20T12:00:00.000Z'));
    expect(windowIn(later, 'day', at('2026-06-20T12:00:00.000Z')).endsAtMs).toBe(
      at('2026-06-20T15:00:00.000Z'),
    );
    // Tokyo never was a month's zone.
    expect(boundariesOf(later, 'month', 2)).toEqual(['2026-07-01T00:00', '2026-07-31T22:00']);
  });

  it('back to the running zone changes nothing', () => {
    const back = changeZone(westward, 'Europe/Berlin', changedAtMs + 1000);
    expect(back).toEqual(initialZone('Europe/Berlin'));
  });

  it('is read back from the store as it was written', () => {
    expect(zoneSettingSchema.parse(JSON.parse(JSON.stringify(westward)))).toEqual(westward);
  });

  it('is never read with an unknown zone', () => {
    expect(zoneSettingSchema.safeParse(initialZone('Mars/Olympus')).success).toBe(false);
  });
});

describe('a setting that does not fit the calendar', () => {
  const fromMs = at('2026-06-10T22:00:00.000Z');
  const spans = [
    { zone: 'UTC', fromMs: at('2026-06-01T00:00:00.000Z') },
    { zone: 'Europe/Berlin', fromMs },
  ];
  const setting: ZoneSetting = {
    zone: 'Europe/Berlin',
    spans: { day: spans, week: spans, month: spans },
  };

  it('ends a window where the next zone begins, as after a new time zone database', () => {
    expect(windowIn(setting, 'day', fromMs - 1).endsAtMs).toBe(fromMs);
    expect(windowIn(setting, 'day', fromMs).startsAtMs).toBe(fromMs);
  });

  it('ends a window where the first zone begins, as for a clock that was set back', () => {
    const joined = changeZone(initialZone('Europe/Berlin'), 'UTC', changedAtMs);
    const { day } = joined.spans;
    const forgotten = { ...joined, spans: { ...joined.spans, day: day.slice(1) } };
    expect(windowIn(forgotten, 'day', fromMs - 1)).toMatchObject({
      startsAtMs: at('2026-06-10T00:00:00.000Z'),
      endsAtMs: fromMs,
    });
  });
});

describe('any number of changes', () => {
  const anyZone = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Pacific/Kiritimati',
    'Pacific/Pago_Pago',
  );
  const anyHistory = fc.array(
    fc.record({
      afterMs: fc.integer({ min: 0, max: 40 * 86_400_000 }),
      zone: fc.option(anyZone, { nil: undefined }),
    }),
    { minLength: 1, maxLength: 12 },
  );

  it.each(KINDS)('leaves every instant in exactly one %s', (kind) => {
    fc.assert(
      fc.property(anyZone, anyHistory, (zone, history) => {
        let setting = initialZone(zone);
        let nowMs = at('2026-02-20T00:00:00.000Z');
        let running = windowIn(setting, kind, nowMs);
        for (const { afterMs, zone: changed } of history) {
          nowMs += afterMs;
          // Walk from window to window: each starts where the one before ended.
          while (running.endsAtMs <= nowMs) {
            const next = windowIn(setting, kind, running.endsAtMs);
            expect(next.startsAtMs).toBe(running.endsAtMs);
            expect(next.key > running.key).toBe(true);
            running = next;
          }
          expect(windowIn(setting, kind, nowMs)).toEqual(running);
          if (changed !== undefined) setting = changeZone(setting, changed, nowMs);
          expect(windowIn(setting, kind, nowMs)).toEqual(running);
        }
      }),
    );
  });
});
