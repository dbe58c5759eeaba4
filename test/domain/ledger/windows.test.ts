import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTimeZone } from '../../../src/domain/ledger/time-zone.ts';
import { keysOf, operatorWindows, windowOf } from '../../../src/domain/ledger/windows.ts';
import type { CalendarKind } from '../../../src/domain/ledger/windows.ts';

const HOUR_MS = 3_600_000;
const at = (iso: string): number => Date.parse(iso);

function boundsOf(kind: CalendarKind, iso: string, zone: string): string[] {
  const { startsAtMs, endsAtMs } = windowOf(kind, at(iso), zone);
  return [new Date(startsAtMs).toISOString(), new Date(endsAtMs).toISOString()];
}

describe('a day', () => {
  it.each([
    // Ordinary days, at both of their ends.
    ['UTC', '2026-06-10T00:00:00.000Z', '2026-06-10T00:00:00.000Z', '2026-06-11T00:00:00.000Z'],
    ['UTC', '2026-06-10T23:59:59.999Z', '2026-06-10T00:00:00.000Z', '2026-06-11T00:00:00.000Z'],
    [
      'Asia/Kathmandu',
      '2025-12-31T18:14:59.999Z',
      '2025-12-30T18:15:00.000Z',
      '2025-12-31T18:15:00.000Z',
    ],
    [
      'Asia/Kathmandu',
      '2025-12-31T18:15:00.000Z',
      '2025-12-31T18:15:00.000Z',
      '2026-01-01T18:15:00.000Z',
    ],
    [
      'Pacific/Kiritimati',
      '2026-01-01T09:59:59.999Z',
      '2025-12-31T10:00:00.000Z',
      '2026-01-01T10:00:00.000Z',
    ],
    // 23 and 25 hours.
    [
      'Europe/Berlin',
      '2026-03-29T12:00:00.000Z',
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ],
    [
      'Europe/Berlin',
      '2026-10-25T12:00:00.000Z',
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ],
    [
      'America/New_York',
      '2026-03-08T12:00:00.000Z',
      '2026-03-08T05:00:00.000Z',
      '2026-03-09T04:00:00.000Z',
    ],
    [
      'America/New_York',
      '2026-11-01T12:00:00.000Z',
      '2026-11-01T04:00:00.000Z',
      '2026-11-02T05:00:00.000Z',
    ],
    // Half an hour of daylight saving.
    [
      'Australia/Lord_Howe',
      '2026-04-05T00:00:00.000Z',
      '2026-04-04T13:00:00.000Z',
      '2026-04-05T13:30:00.000Z',
    ],
    [
      'Australia/Lord_Howe',
      '2026-10-04T00:00:00.000Z',
      '2026-10-03T13:30:00.000Z',
      '2026-10-04T13:00:00.000Z',
    ],
    // Midnight is skipped, midnight comes twice, a minute past midnight it is yesterday again.
    [
      'Asia/Beirut',
      '2026-03-29T12:00:00.000Z',
      '2026-03-28T22:00:00.000Z',
      '2026-03-29T21:00:00.000Z',
    ],
    [
      'America/Havana',
      '2026-11-01T12:00:00.000Z',
      '2026-11-01T04:00:00.000Z',
      '2026-11-02T05:00:00.000Z',
    ],
    [
      'America/St_Johns',
      '2010-11-07T03:00:00.000Z',
      '2010-11-07T02:30:00.000Z',
      '2010-11-08T03:30:00.000Z',
    ],
    [
      'Asia/Amman',
      '2021-10-28T21:30:00.000Z',
      '2021-10-28T21:00:00.000Z',
      '2021-10-29T22:00:00.000Z',
    ],
    [
      'Africa/El_Aaiun',
      '1976-04-14T12:00:00.000Z',
      '1976-04-14T01:00:00.000Z',
      '1976-04-15T00:00:00.000Z',
    ],
    // Set back by three hours after two of the new date: the second midnight is the one that counts.
    [
      'Antarctica/Casey',
      '2010-03-04T13:59:00.000Z',
      '2010-03-03T13:00:00.000Z',
      '2010-03-04T16:00:00.000Z',
    ],
    [
      'Antarctica/Casey',
      '2010-03-04T16:00:00.000Z',
      '2010-03-04T16:00:00.000Z',
      '2010-03-05T16:00:00.000Z',
    ],
    // Samoa had no 30 December 2011.
    [
      'Pacific/Apia',
      '2011-12-30T09:59:59.999Z',
      '2011-12-29T10:00:00.000Z',
      '2011-12-30T10:00:00.000Z',
    ],
    [
      'Pacific/Apia',
      '2011-12-30T10:00:00.000Z',
      '2011-12-30T10:00:00.000Z',
      '2011-12-31T10:00:00.000Z',
    ],
    // A leap day.
    ['UTC', '2028-02-29T12:00:00.000Z', '2028-02-29T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
  ])('in %s at %s goes from %s to %s', (zone, instant, start, end) => {
    expect(boundsOf('day', instant, zone)).toEqual([start, end]);
  });
});

describe('a week', () => {
  it.each([
    ['UTC', '2026-06-08T00:00:00.000Z', '2026-06-08T00:00:00.000Z', '2026-06-15T00:00:00.000Z'],
    ['UTC', '2026-06-07T23:59:59.999Z', '2026-06-01T00:00:00.000Z', '2026-06-08T00:00:00.000Z'],
    ['UTC', '2027-01-01T12:00:00.000Z', '2026-12-28T00:00:00.000Z', '2027-01-04T00:00:00.000Z'],
    [
      'Europe/Berlin',
      '2026-03-29T21:59:59.999Z',
      '2026-03-22T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ],
    [
      'Europe/Berlin',
      '2026-10-21T12:00:00.000Z',
      '2026-10-18T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ],
    [
      'America/New_York',
      '2026-11-01T12:00:00.000Z',
      '2026-10-26T04:00:00.000Z',
      '2026-11-02T05:00:00.000Z',
    ],
  ])('in %s at %s goes from Monday %s to %s', (zone, instant, start, end) => {
    expect(boundsOf('week', instant, zone)).toEqual([start, end]);
  });
});

describe('a month', () => {
  it.each([
    ['UTC', '2026-12-31T23:59:59.999Z', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['UTC', '2027-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z', '2027-02-01T00:00:00.000Z'],
    ['UTC', '2028-02-10T00:00:00.000Z', '2028-02-01T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
    ['UTC', '2100-02-10T00:00:00.000Z', '2100-02-01T00:00:00.000Z', '2100-03-01T00:00:00.000Z'],
    [
      'Europe/Berlin',
      '2026-03-31T21:59:59.999Z',
      '2026-02-28T23:00:00.000Z',
      '2026-03-31T22:00:00.000Z',
    ],
    [
      'Europe/Berlin',
      '2026-12-31T23:00:00.000Z',
      '2026-12-31T23:00:00.000Z',
      '2027-01-31T23:00:00.000Z',
    ],
    [
      'Australia/Lord_Howe',
      '2026-10-15T00:00:00.000Z',
      '2026-09-30T13:30:00.000Z',
      '2026-10-31T13:00:00.000Z',
    ],
  ])('in %s at %s goes from %s to %s', (zone, instant, start, end) => {
    expect(boundsOf('month', instant, zone)).toEqual([start, end]);
  });
});

describe('windows of every zone', () => {
  const anyZone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  const anyKind = fc.constantFrom<CalendarKind>('day', 'week', 'month');
  const anyInstant = fc.integer({ min: at('1972-01-01T00:00Z'), max: at('2038-01-01T00:00Z') });

  it('hold their instant and follow each other without a gap', () => {
    fc.assert(
      fc.property(anyZone, anyKind, anyInstant, (zone, kind, instantMs) => {
        const window = windowOf(kind, instantMs, zone);
        expect(window.startsAtMs).toBeLessThanOrEqual(instantMs);
        expect(window.endsAtMs).toBeGreaterThan(instantMs);
        expect(windowOf(kind, window.startsAtMs, zone)).toEqual(window);
        expect(windowOf(kind, window.endsAtMs - 1, zone)).toEqual(window);
        const next = windowOf(kind, window.endsAtMs, zone);
        expect(next.startsAtMs).toBe(window.endsAtMs);
        expect(next.key > window.key).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('stay whole around every change of the clock of a hundred zones', () => {
    const zones = Intl.supportedValuesOf('timeZone').filter((_zone, index) => index % 4 === 0);
    for (const zone of zones) {
      let window = windowOf('day', at('2010-09-01T00:00Z'), zone);
      const lastMs = at('2010-12-01T00:00Z');
      while (window.endsAtMs < lastMs) {
        const lengthMs = window.endsAtMs - window.startsAtMs;
        expect(lengthMs, `${zone} ${window.key}`).toBeGreaterThanOrEqual(22 * HOUR_MS);
        expect(lengthMs, `${zone} ${window.key}`).toBeLessThanOrEqual(26 * HOUR_MS);
        window = windowOf('day', window.endsAtMs, zone);
      }
    }
  });

  it('lie inside each other: the day in the week and in the month', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, instantMs) => {
        const day = windowOf('day', instantMs, zone);
        for (const kind of ['week', 'month'] as const) {
          const outer = windowOf(kind, instantMs, zone);
          expect(outer.startsAtMs).toBeLessThanOrEqual(day.startsAtMs);
          expect(outer.endsAtMs).toBeGreaterThanOrEqual(day.endsAtMs);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the windows of the budgets', () => {
  it('are those of UTC, and the total never ends', () => {
    const windows = operatorWindows(at('2026-06-10T12:00:00.000Z'));
    expect(keysOf(windows)).toEqual({
      day: '2026-06-10T00:00:00.000Z',
      week: '2026-06-08T00:00:00.000Z',
      month: '2026-06-01T00:00:00.000Z',
      total: 'total',
    });
    expect(windows.month.endsAtMs).toBe(at('2026-07-01T00:00:00.000Z'));
    expect(windows.total.endsAtMs).toBeUndefined();
  });
});

describe('a time zone', () => {
  it.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Kathmandu'])(
    'is %s',
    (name) => {
      expect(isTimeZone(name)).toBe(true);
    },
  );

  it.each(['', 'Mars/Olympus', '+02:00', 'Europe/', 'Berlin', 'Europe/Berlin '])(
    'is not %j',
    (name) => {
      expect(isTimeZone(name)).toBe(false);
    },
  );
});
