import { expect, it } from 'vitest';
import { createSeenIds } from '../../../src/discord/door/seen-ids.ts';
import { fakeClock } from '../../fakes/clock.ts';

it('remembers an id for as long as it is told', async () => {
  const clock = fakeClock();
  const seen = createSeenIds(clock, { keepMs: 1000, max: 10 });
  expect([seen.isNew('1'), seen.isNew('1'), seen.isNew('2')]).toEqual([true, false, true]);
  await clock.advance(999);
  expect(seen.isNew('1')).toBe(false);
  await clock.advance(1);
  expect(seen.isNew('1')).toBe(true);
});

it('remembers the newest where there are too many', () => {
  const seen = createSeenIds(fakeClock(), { keepMs: 1000, max: 2 });
  for (const id of ['1', '2', '3']) seen.isNew(id);
  expect(['2', '3'].map((id) => seen.isNew(id))).toEqual([false, false]);
  expect(seen.isNew('1')).toBe(true);
});
