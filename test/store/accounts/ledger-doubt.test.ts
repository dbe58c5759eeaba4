import { describe, expect, it } from 'vitest';
import type { RecordStore } from '../../../src/app/ports/record-store-port.ts';
import { countsIn } from '../../../src/domain/ledger/account.ts';
import { NO_MONEY, nextMoney } from '../../../src/domain/ledger/task-money.ts';
import type { TaskMoney } from '../../../src/domain/ledger/task-money.ts';
import { aLedger } from '../../fakes/a-ledger.ts';
import { GUILD_ID, aTask } from '../../fakes/a-task.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { recordingLog } from '../../fakes/log.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';
import { guildAccountKey } from '../../../src/domain/ledger/account-key.ts';

const KEY = guildAccountKey(GUILD_ID);
const { windows } = aTask();
const RESERVED: TaskMoney = { state: 'reserved', amounts: { videos: 1n, seconds: 5n, cost: 7n } };
const RELEASED = nextMoney(RESERVED, { kind: 'release', assumed: false });

/** A disk that does with each write what it is told, in order; then it works. */
function moodyDisk() {
  const records = memoryRecords();
  const moods: ('fail' | 'fail-written')[] = [];
  let readsFail = false;
  const held: (() => void)[] = [];
  let isHeld = false;
  const store: RecordStore = {
    ...records,
    async getMany(keys) {
      if (readsFail) throw new Error('disk');
      return records.getMany(keys);
    },
    async write(given) {
      if (isHeld) await new Promise<void>((resolve) => void held.push(resolve));
      const mood = moods.shift();
      if (mood === 'fail') throw new Error('disk');
      await records.write(given);
      if (mood === 'fail-written') throw new Error('disk, after the fact');
    },
  };
  return {
    store,
    moods,
    hold(is: boolean) {
      isHeld = is;
      for (const release of held.splice(0)) release();
    },
    failReads(is: boolean) {
      readsFail = is;
    },
  };
}

async function ledgerOn(disk: ReturnType<typeof moodyDisk>) {
  const clock = fakeClock();
  const ledger = aLedger(disk.store, recordingLog(), clock);
  await ledger.load([KEY]);
  const post = async (before: TaskMoney, after: TaskMoney): Promise<void> =>
    ledger.post({
      records: [],
      accounts: [{ key: KEY, windowKeys: windows.guild, before, after }],
    });
  const videos = (): bigint => {
    const account = ledger.readCached(KEY);
    return account === undefined ? 0n : countsIn(account, windows.guild).day.videos;
  };
  return { clock, ledger, post, videos };
}

describe('what decisions count', () => {
  it('is a reservation at once, and a release only when it is on the disk', async () => {
    const disk = moodyDisk();
    const { post, videos } = await ledgerOn(disk);
    disk.hold(true);
    const reserving = post(NO_MONEY, RESERVED);
    expect(videos()).toBe(1n);
    disk.hold(false);
    await reserving;
    disk.hold(true);
    const releasing = post(RESERVED, RELEASED);
    // Killed now, the next process would find it reserved: nobody else may have it yet.
    expect(videos()).toBe(1n);
    const another = post(NO_MONEY, RESERVED);
    expect(videos()).toBe(2n);
    disk.hold(false);
    await Promise.all([releasing, another]);
    expect(videos()).toBe(1n);
  });

  it('is no reservation that the disk refused', async () => {
    const disk = moodyDisk();
    const { post, videos } = await ledgerOn(disk);
    disk.moods.push('fail');
    await expect(post(NO_MONEY, RESERVED)).rejects.toThrow('disk');
    expect(videos()).toBe(0n);
  });

  it('is what stands on the disk where a write that failed took hold', async () => {
    const disk = moodyDisk();
    const { post, videos } = await ledgerOn(disk);
    disk.moods.push('fail-written');
    // Told as written: posted again it would count twice.
    await expect(post(NO_MONEY, RESERVED)).resolves.toBeUndefined();
    expect(videos()).toBe(1n);
  });

  it('is written where another process has changed its task since', async () => {
    const disk = moodyDisk();
    const { clock, ledger, videos } = await ledgerOn(disk);
    disk.moods.push('fail-written');
    disk.failReads(true);
    const posting = ledger.post({
      records: [{ key: 'task:1', value: 'begun' }],
      accounts: [{ key: KEY, windowKeys: windows.guild, before: NO_MONEY, after: RESERVED }],
      reservation: '1',
    });
    // Its commit was cut off, and the next owner of the server went on.
    await clock.advance(1000);
    await disk.store.write([{ key: 'task:1', value: 'held' }]);
    disk.failReads(false);
    await clock.advance(1000);
    await expect(posting).resolves.toBeUndefined();
    expect(videos()).toBe(1n);
  });

  it('stays the higher count while the disk does not tell, and is known when it does', async () => {
    const disk = moodyDisk();
    const { clock, post, videos } = await ledgerOn(disk);
    disk.moods.push('fail-written');
    disk.failReads(true);
    const posting = post(NO_MONEY, RESERVED);
    await clock.advance(60_000);
    expect(videos()).toBe(1n);
    disk.failReads(false);
    await clock.advance(1000);
    await expect(posting).resolves.toBeUndefined();
    expect(videos()).toBe(1n);
  });
});
