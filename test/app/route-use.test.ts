import { expect, it } from 'vitest';
import { countRouteUse, createRouteUse } from '../../src/app/route-use.ts';
import type { Acceptance } from '../../src/app/accept/video-call.ts';
import { videoDesk } from '../fakes/video-desk.ts';

it('counts the routes of each server apart', () => {
  const use = createRouteUse();
  use.count('1', 'a/b');
  use.count('1', 'a/b');
  use.count('2', 'a/c');
  expect([...use.of('1')]).toEqual([['a/b', 2]]);
  expect([...use.of('2')]).toEqual([['a/c', 1]]);
  expect(use.of('3').size).toBe(0);
});

it('forgets the servers that were not used for the longest', () => {
  const use = createRouteUse();
  use.count('first', 'a/b');
  for (let guild = 0; guild < 999; guild += 1) use.count(String(guild), 'a/b');
  use.count('first', 'a/b');
  use.count('one more', 'a/b');
  expect(use.of('first').size).toBe(1);
  expect(use.of('0').size).toBe(0);
});

it.each<[Acceptance, number]>([
  [{ kind: 'accepted' }, 1],
  [{ kind: 'busy' }, 0],
  [{ kind: 'not-begun' }, 0],
])('counts a call that ends as %j %i times', async (acceptance, times) => {
  const use = createRouteUse();
  const call = videoDesk().call();
  await expect(countRouteUse(async () => acceptance, use)(call)).resolves.toBe(acceptance);
  expect(use.of(call.guildId).get(call.route.id) ?? 0).toBe(times);
});
