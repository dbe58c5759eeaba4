import { expect, it } from 'vitest';
import { parseRetryAfter } from '../../src/providers/retry-after.ts';

const NOW_MS = Date.UTC(2026, 0, 1, 12, 0, 0);

it.each<[string | string[] | undefined, number | undefined]>([
  ['0', 0],
  ['7', 7000],
  [' 1.5 ', 1500],
  [['3', '9'], 3000],
  ['3600', 3_600_000],
  ['999999999999', 2_592_000_000],
  ['Thu, 01 Jan 2026 12:00:30 GMT', 30_000],
  ['Thu, 01 Jan 2026 11:00:00 GMT', 0],
  ['Fri, 02 Jan 2026 12:00:00 GMT', 86_400_000],
  ['-5', undefined],
  ['soon', undefined],
  ['1e3', undefined],
  ['', undefined],
  [[], undefined],
  [undefined, undefined],
])('reads Retry-After %j as %j ms', (header, ms) => {
  expect(parseRetryAfter(header, NOW_MS)).toBe(ms);
});
