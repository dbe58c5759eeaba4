import { expect, it } from 'vitest';
import { remember } from '../../src/app/remember.ts';

it('forgets the oldest entry beyond the limit, and none for a key that is there', () => {
  const map = new Map<string, number>();
  remember(map, ['a', 1], 2);
  remember(map, ['b', 2], 2);
  remember(map, ['a', 3], 2);
  expect([...map]).toEqual([
    ['a', 3],
    ['b', 2],
  ]);
  remember(map, ['c', 4], 2);
  expect([...map.keys()]).toEqual(['b', 'c']);
});
