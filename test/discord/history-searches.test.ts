import { expect, it } from 'vitest';
import { createSearches } from '../../src/discord/history/searches.ts';
import type { ShownSearch } from '../../src/discord/history/searches.ts';
import { GUILD_ID, MEMBER_ID, aTask } from '../fakes/a-task.ts';

const OWN = { memberId: MEMBER_ID, guildId: GUILD_ID };
const START = { from: 'older', than: aTask().id } as const;
const shown: ShownSearch = { ...OWN, search: 'kite', older: START, newer: undefined };

it('leads from a page of a search to the ones beside it, for its member alone', () => {
  const searches = createSearches();
  searches.remember('1', shown);
  expect(searches.find('1', OWN, 'older')).toEqual({ search: 'kite', start: START });
  expect(searches.find('1', OWN, 'newer')).toBeUndefined();
  expect(searches.find('1', { ...OWN, memberId: '9' }, 'older')).toBeUndefined();
  expect(searches.find('1', { ...OWN, guildId: '9' }, 'older')).toBeUndefined();
  expect(searches.find('2', OWN, 'older')).toBeUndefined();
});

it('remembers the newest pages', () => {
  const searches = createSearches(2);
  for (const id of ['1', '2', '3']) searches.remember(id, shown);
  expect(searches.find('1', OWN, 'older')).toBeUndefined();
  expect(searches.find('3', OWN, 'older')).toBeDefined();
});
