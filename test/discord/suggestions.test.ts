import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { suggestTimeZones } from '../../src/discord/options/suggest-time-zones.ts';
import { suggestMonths } from '../../src/discord/usage/suggest-months.ts';
import { isTimeZone } from '../../src/domain/ledger/time-zone.ts';
import { fakeClock } from '../fakes/clock.ts';

const NOON = Date.UTC(2026, 10, 20, 12);

describe('suggested time zones', () => {
  it.each(['', 'e', 'america', 'utc', 'UTC'])(
    'for %j are at most 25, and all are zones',
    (typed) => {
      const choices = suggestTimeZones(typed, NOON);
      expect(choices.length).toBeGreaterThan(0);
      expect(choices.length).toBeLessThanOrEqual(25);
      for (const { name, value } of choices) {
        expect(isTimeZone(value)).toBe(true);
        expect(name.length).toBeLessThanOrEqual(100);
      }
    },
  );

  it.each([
    ['berlin', { name: 'Europe/Berlin (UTC+01:00)', value: 'Europe/Berlin' }],
    ['new york', { name: 'America/New_York (UTC-05:00)', value: 'America/New_York' }],
  ])('for %s begin with the one that is meant', (typed, first) => {
    expect(suggestTimeZones(typed, NOON)[0]).toEqual(first);
  });

  it('for nonsense are none', () => {
    expect(suggestTimeZones('Mars/Olympus', NOON)).toEqual([]);
  });
});

const months = (month: string, focused = 'month', language: 'en' | 'zh-CN' = 'en') =>
  suggestMonths(
    { focused, language, options: new Map([['month', month]]) },
    { clock: fakeClock() },
  );

describe('suggested months', () => {
  it('go back from this one', () => {
    expect(months('').slice(0, 2)).toEqual([
      { name: 'November 2026 (2026-11)', value: '2026-11' },
      { name: 'October 2026 (2026-10)', value: '2026-10' },
    ]);
    expect(months('').at(-1)?.value).toBe('2024-11');
    expect(months('march').map(({ value }) => value)).toEqual(['2026-03', '2025-03']);
    expect(months('2025-1')).toHaveLength(3);
  });

  it('are in the language of the caller, and for this option only', () => {
    expect(months('', 'month', 'zh-CN')[0]?.name).toBe('2026年11月（2026-11）');
    expect(months('', 'member')).toEqual([]);
    expect(messagesFor('zh-CN').locale).toBe('zh-CN');
  });
});
