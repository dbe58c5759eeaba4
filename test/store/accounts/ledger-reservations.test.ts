import { describe, expect, it } from 'vitest';
import { NO_MONEY } from '../../../src/domain/ledger/task-money.ts';
import type { AccountEntry } from '../../../src/app/ports/ledger-port.ts';
import type { RecordStore } from '../../../src/app/ports/record-store-port.ts';
import { aTask } from '../../fakes/a-task.ts';
import { aLedger } from '../../fakes/a-ledger.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { held } from '../../fakes/held.ts';
import { recordingLog } from '../../fakes/log.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';

const KEY = 'account:guild:1';

const entry = (): AccountEntry => ({
  key: KEY,
  windowKeys: aTask().windows.guild,
  before: NO_MONEY,
  after: { state: 'reserved', amounts: { videos: 1n, seconds: 5n } },
});

function over(disk: (records: RecordStore) => RecordStore = (given) => given) {
  const records = memoryRecords();
  const ledger = aLedger(disk(records), recordingLog(), fakeClock());
  const reserved = (): bigint => ledger.readCached(KEY)?.day.reserved.videos ?? 0n;
  return { records, ledger, reserved };
}

describe('a reservation in memory', () => {
  it('counts at once and until it is released, and writes nothing', async () => {
    const { records, ledger, reserved } = over();
    await ledger.load([KEY]);
    ledger.reserve('a', [entry()]);
    ledger.reserve('b', [entry()]);
    expect(reserved()).toBe(2n);
    ledger.release('a');
    ledger.release('a');
    expect([reserved(), records.byKey.size]).toEqual([1n, 0]);
  });

  it('counts once while it is written and after', async () => {
    const { records, ledger, reserved } = over();
    await ledger.load([KEY]);
    ledger.reserve('a', [entry()]);
    const posted = ledger.post({ records: [], accounts: [entry()], reservation: 'a' });
    expect(reserved()).toBe(1n);
    await posted;
    expect(reserved()).toBe(1n);
    ledger.release('a');
    expect(reserved()).toBe(1n);
    expect(records.byKey.get(KEY)).toMatchObject({ day: { reserved: { videos: '1' } } });
  });

  it('is given back when its posting fails', async () => {
    const { records, ledger, reserved } = over();
    await ledger.load([KEY]);
    ledger.reserve('a', [entry()]);
    records.failures = 1;
    const posting = { records: [{ key: 'x', value: 1 }], accounts: [entry()], reservation: 'a' };
    await expect(ledger.post(posting)).rejects.toThrow('disk full');
    expect(reserved()).toBe(0n);
  });

  it('released during another commit takes nothing from that one', async () => {
    const slow = held();
    const { ledger, reserved } = over((given) => ({
      ...given,
      async write(...rows) {
        await slow.opened;
        await given.write(...rows);
      },
    }));
    await ledger.load([KEY]);
    const posted = ledger.post({ records: [], accounts: [entry()] });
    ledger.reserve('b', [entry()]);
    expect(reserved()).toBe(2n);
    ledger.release('b');
    expect(reserved()).toBe(1n);
    slow.open();
    await posted;
    expect(reserved()).toBe(1n);
  });

  it('of an account that is not in memory throws, and counts nothing', () => {
    const { ledger } = over();
    expect(() => {
      ledger.reserve('a', [entry()]);
    }).toThrow('not in memory');
  });
});
