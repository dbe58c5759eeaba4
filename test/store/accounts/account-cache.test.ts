import { describe, expect, it } from 'vitest';
import { createAccountCache } from '../../../src/store/accounts/account-cache.ts';
import { countsIn, emptyAccount } from '../../../src/domain/ledger/account.ts';
import { NO_MONEY } from '../../../src/domain/ledger/task-money.ts';
import type { TaskMoney } from '../../../src/domain/ledger/task-money.ts';
import { aLedger } from '../../fakes/a-ledger.ts';
import { GUILD_ID, aTask } from '../../fakes/a-task.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { recordingLog } from '../../fakes/log.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';
import { guildAccountKey } from '../../../src/domain/ledger/account-key.ts';

const { windows } = aTask();
const ACCOUNT = emptyAccount(windows.guild);
const LONG_MS = 6 * 60_000;

function cacheOf(most: number) {
  const clock = fakeClock();
  return { clock, cache: createAccountCache(clock, most) };
}

describe('the accounts in memory', () => {
  it('beyond a number let the longest unused go', async () => {
    const { clock, cache } = cacheOf(2);
    for (const key of ['a', 'b']) cache.put(key, ACCOUNT);
    await clock.advance(LONG_MS);
    expect(cache.counted('a')).toBe(ACCOUNT);
    cache.put('c', ACCOUNT);
    expect(['a', 'b', 'c'].map((key) => cache.has(key))).toEqual([true, false, true]);
  });

  it('keep what was used a moment ago, however many', async () => {
    const { clock, cache } = cacheOf(2);
    for (const key of ['a', 'b', 'c']) cache.put(key, ACCOUNT);
    await clock.advance(LONG_MS / 2);
    cache.put('d', ACCOUNT);
    expect(['a', 'b', 'c', 'd'].every((key) => cache.has(key))).toBe(true);
  });

  it('keep what is pinned, until it is unpinned as often', async () => {
    const { clock, cache } = cacheOf(1);
    cache.put('a', ACCOUNT);
    cache.pin(['a']);
    cache.pin(['a']);
    cache.unpin(['a']);
    // What was read anew is still pinned.
    cache.put('a', ACCOUNT);
    await clock.advance(LONG_MS);
    cache.put('b', ACCOUNT);
    await clock.advance(LONG_MS);
    cache.put('c', ACCOUNT);
    expect(['a', 'b'].map((key) => cache.has(key))).toEqual([true, false]);
    cache.unpin(['a']);
    await clock.advance(LONG_MS);
    cache.put('d', ACCOUNT);
    expect(cache.has('a')).toBe(false);
  });

  it('never take one that is not here for one in which nothing was counted', async () => {
    const { clock, cache } = cacheOf(1);
    expect(() => cache.counted('a')).toThrow('not in memory');
    cache.put('a', undefined);
    expect(cache.counted('a')).toBeUndefined();
    expect(() => {
      cache.pin(['a', 'b']);
    }).toThrow('not in memory');
    await clock.advance(LONG_MS);
    cache.put('c', ACCOUNT);
    expect(cache.has('a')).toBe(false);
  });
});

const KEY = guildAccountKey(GUILD_ID);
const RESERVED: TaskMoney = { state: 'reserved', amounts: { videos: 1n, seconds: 5n, cost: 7n } };
const POSTING = {
  records: [],
  accounts: [{ key: KEY, windowKeys: windows.guild, before: NO_MONEY, after: RESERVED }],
};
const OTHERS = Array.from({ length: 10_000 }, (_, at) => guildAccountKey(`2${at}`));

describe('a ledger over more accounts than it keeps', () => {
  it('reads what it let go again, with what it had written', async () => {
    const clock = fakeClock();
    const ledger = aLedger(memoryRecords(), recordingLog(), clock);
    await ledger.load([KEY]);
    await ledger.post(POSTING);
    await clock.advance(LONG_MS);
    await ledger.load(OTHERS);
    expect(ledger.isLoaded([KEY])).toBe(false);
    expect(() => ledger.readCached(KEY)).toThrow('not in memory');
    await expect(ledger.post(POSTING)).rejects.toThrow('not in memory');
    await ledger.load([KEY]);
    await ledger.post(POSTING);
    const account = ledger.readCached(KEY) ?? ACCOUNT;
    expect(countsIn(account, windows.guild).day.videos).toBe(2n);
  });

  it('does not let go what is on its way to the disk', async () => {
    const clock = fakeClock();
    const records = memoryRecords();
    let release: (() => void) | undefined;
    const slow = {
      ...records,
      async write(given: Parameters<typeof records.write>[0]) {
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        return records.write(given);
      },
    };
    const ledger = aLedger(slow, recordingLog(), clock);
    await ledger.load([KEY]);
    const posting = ledger.post(POSTING);
    await clock.advance(LONG_MS);
    await ledger.load(OTHERS);
    const counted = countsIn(ledger.readCached(KEY) ?? ACCOUNT, windows.guild);
    expect(counted.day.videos).toBe(1n);
    release?.();
    await posting;
  });
});
