import { describe, expect, it } from 'vitest';
import { ABSENCE_LIMIT_MS, comparePresence } from '../../src/domain/guild-presence.ts';
import type { GuildPresence } from '../../src/domain/guild-presence.ts';

const NOW = Date.UTC(2026, 10, 20);
const look = (changes: Partial<GuildPresence>) =>
  comparePresence({
    known: ['a', 'b'],
    present: new Set(['a', 'b']),
    absentSince: new Map(),
    nowMs: NOW,
    ...changes,
  });
const NOTHING = { left: [], returned: [], overdue: [] };

describe('a look at the bot’s guilds', () => {
  it.each<[string, Partial<GuildPresence>, ReturnType<typeof look>]>([
    ['finds nothing where the bot is everywhere', {}, NOTHING],
    [
      'finds a guild that is known and not there',
      { present: new Set(['b']) },
      { ...NOTHING, left: ['a'] },
    ],
    [
      'does not mind a guild that it has nothing of',
      { present: new Set(['a', 'b', 'c']) },
      NOTHING,
    ],
    [
      'keeps the first day of an absence',
      { present: new Set(['b']), absentSince: new Map([['a', NOW - 1]]) },
      NOTHING,
    ],
    [
      'knows a guild that came back',
      { absentSince: new Map([['a', NOW - ABSENCE_LIMIT_MS]]) },
      { ...NOTHING, returned: ['a'] },
    ],
    [
      'forgets after 30 days and not a millisecond before',
      {
        present: new Set(),
        absentSince: new Map([
          ['a', NOW - ABSENCE_LIMIT_MS],
          ['b', NOW - ABSENCE_LIMIT_MS + 1],
        ]),
      },
      { ...NOTHING, overdue: ['a'] },
    ],
    [
      'meets a guild again of which the note alone is left',
      { known: [], present: new Set(), absentSince: new Map([['a', 0]]) },
      { ...NOTHING, overdue: ['a'] },
    ],
    [
      'begins anew where an absence began in the future',
      { present: new Set(['b']), absentSince: new Map([['a', NOW + 1]]) },
      { ...NOTHING, left: ['a'] },
    ],
  ])('%s', (_rule, changes, expected) => {
    expect(look(changes)).toEqual(expected);
  });
});
