import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../src/app/calendar.ts';
import { monthLabel } from '../../src/domain/ledger/month-label.ts';
import { operatorWindows } from '../../src/domain/ledger/windows.ts';
import {
  OPERATOR_ZONE,
  changeZone,
  initialZone,
  windowsIn,
} from '../../src/domain/ledger/zone-setting.ts';

const DAY_MS = 86_400_000;
const ZONES = ['UTC', 'Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Apia'];
const START_MS = Date.parse('2026-01-01T00:00:00Z');

const zone = fc.constantFrom(...ZONES);
const instant = fc.integer({ min: START_MS, max: START_MS + 400 * DAY_MS });
const setting = fc
  .record({ first: zone, second: zone, changedAt: instant })
  .map(({ first, second, changedAt }) => changeZone(initialZone(first), second, changedAt));
/** Moments that follow each other closely, jump over months, and go back. */
const walk = fc.tuple(
  instant,
  fc.array(fc.integer({ min: -40 * DAY_MS, max: 40 * DAY_MS }).chain(jump), { maxLength: 30 }),
);

function jump(far: number) {
  return fc.oneof(fc.constant(far), fc.integer({ min: -3_600_000, max: 3_600_000 }));
}

describe('the calendar', () => {
  it('says of every instant what is worked out afresh, whatever it was asked before', () => {
    fc.assert(
      fc.property(setting, setting, walk, (one, other, [start, steps]) => {
        const calendar = createCalendar();
        let nowMs = start;
        for (const step of steps) {
          nowMs += step;
          for (const asked of [one, other]) {
            const { windows, month } = calendar.pageOf(asked, nowMs);
            expect(windows).toEqual(windowsIn(asked, nowMs));
            expect(month).toBe(monthLabel(nowMs, asked.zone));
          }
          expect(calendar.pageOf(OPERATOR_ZONE, nowMs).windows).toEqual(operatorWindows(nowMs));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('turns its page at the very millisecond', () => {
    const calendar = createCalendar();
    const berlin = initialZone('Europe/Berlin');
    const midnight = Date.parse('2026-10-31T23:00:00Z');
    const before = calendar.pageOf(berlin, midnight - 1);
    const after = calendar.pageOf(berlin, midnight);
    expect([before.month, after.month]).toEqual(['2026-10', '2026-11']);
    expect(before.windows.day.endsAtMs).toBe(after.windows.day.startsAtMs);
  });
});
