import { describe, expect, it } from 'vitest';
import type { RecordStore } from '../../../src/app/ports/record-store-port.ts';
import { NotOurs } from '../../../src/app/slots/not-ours.ts';
import {
  OPERATOR_ACCOUNTS_BY_SLOT,
  guildAccountKey,
  memberAccountKey,
} from '../../../src/domain/ledger/account-key.ts';
import { accountSchema } from '../../../src/domain/ledger/account.ts';
import { operatorSums } from '../../../src/metrics/operator-sums.ts';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { createTaskStore } from '../../../src/store/tasks/task-store.ts';
import { MEMBER_ID, aTask } from '../../fakes/a-task.ts';
import { aLedger } from '../../fakes/a-ledger.ts';
import { NOON, fakeClock, settle } from '../../fakes/clock.ts';
import { guildIn } from '../../fakes/guild-in.ts';
import { held } from '../../fakes/held.ts';
import { recordingLog } from '../../fakes/log.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';

const ONE = new Set([1]);
const PRICED = { videos: 1n, seconds: 5n, cost: 2_000_000n };

function taskIn(slot: number, serial = 0) {
  return aTask({
    id: `13000000000000${String(slot * 100 + serial).padStart(5, '0')}`,
    interactionId: `13000000000001${String(slot * 100 + serial).padStart(5, '0')}`,
    guildId: guildIn(slot),
    money: { state: 'reserved', amounts: PRICED },
  });
}

/** A disk that takes writes when a test lets it. */
function slowDisk() {
  const records = memoryRecords();
  const gates: ReturnType<typeof held>[] = [];
  const slow: RecordStore = {
    ...records,
    async write(...given) {
      const turn = held();
      gates.push(turn);
      await turn.opened;
      return records.write(...given);
    },
  };
  return { records, slow, gates };
}

function desk(records: RecordStore) {
  const [clock, log] = [fakeClock(), recordingLog()];
  const ledger = aLedger(records, log, clock, OPERATOR_ACCOUNTS_BY_SLOT);
  const cipher = createCipher(new Uint8Array(32));
  return { ledger, store: createTaskStore({ records, ledger, cipher, clock, log }) };
}

const videosOf = (value: unknown): bigint => accountSchema.parse(value).total.reserved.videos;

describe('accounts of a slot that is let go', () => {
  it('are read anew, as another process has left them', async () => {
    const records = memoryRecords();
    const { ledger, store } = desk(records);
    await store.create(taskIn(1));
    await ledger.letGo(ONE, 'handed-over');
    expect(ledger.isLoaded([guildAccountKey(guildIn(1))])).toBe(false);
    const other = desk(records);
    await other.store.create(taskIn(1, 1));
    const key = guildAccountKey(guildIn(1));
    await ledger.load([key]);
    expect(ledger.readCached(key)?.total.reserved.videos).toBe(2n);
  });

  it('are forgotten after what waits is written, where it is handed over', async () => {
    const { slow, records, gates } = slowDisk();
    const { ledger, store } = desk(slow);
    const written = [store.create(taskIn(1)), store.create(taskIn(1, 1))];
    await settle();
    let isLetGo = false;
    const letGo = ledger.letGo(ONE, 'handed-over').then(() => (isLetGo = true));
    for (let at = 0; gates.length < 2; at += 1) {
      expect(isLetGo).toBe(false);
      gates[at]?.open();
      await settle();
    }
    gates.at(-1)?.open();
    await Promise.all([...written, letGo]);
    expect(videosOf(records.byKey.get(guildAccountKey(guildIn(1))))).toBe(2n);
    expect(ledger.isLoaded([guildAccountKey(guildIn(1))])).toBe(false);
  });

  it('drop what waits where it is lost, and keep that of other slots', async () => {
    const { slow, records, gates } = slowDisk();
    const { ledger, store } = desk(slow);
    await ledger.load([1, 2].map((slot) => guildAccountKey(guildIn(slot))));
    const first = store.create(taskIn(2));
    await settle();
    const lost = store.create(taskIn(1));
    const kept = store.create(taskIn(2, 1));
    await settle();
    const letGo = ledger.letGo(ONE, 'lost');
    await expect(lost).rejects.toThrow(NotOurs);
    await letGo;
    gates[0]?.open();
    await first;
    await settle();
    gates[1]?.open();
    await kept;
    expect([...records.byKey.keys()].filter((key) => key.includes(guildIn(1)))).toEqual([]);
    expect(ledger.readCached(guildAccountKey(guildIn(2)))?.total.reserved.videos).toBe(2n);
  });

  it('lose what is reserved in memory alone', async () => {
    const { ledger, store } = desk(memoryRecords());
    const keys = [
      guildAccountKey(guildIn(1)),
      memberAccountKey(guildIn(1), MEMBER_ID),
      OPERATOR_ACCOUNTS_BY_SLOT.keyOf(guildIn(1)),
    ];
    await ledger.load(keys);
    store.reserve(taskIn(1));
    expect(ledger.readCached(keys[0] ?? '')?.total.reserved.videos).toBe(1n);
    await ledger.letGo(ONE, 'lost');
    await ledger.load(keys);
    expect(keys.map((key) => ledger.readCached(key))).toEqual([undefined, undefined, undefined]);
    // Released once more by whoever reserved it.
    store.release(taskIn(1));
  });

  it('that are being read meanwhile are read again', async () => {
    const records = memoryRecords();
    const turn = held();
    let reads = 0;
    const { ledger } = desk({
      ...records,
      async getMany(keys) {
        const values = await records.getMany(keys);
        reads += 1;
        if (reads === 1) await turn.opened;
        return values;
      },
    });
    const key = guildAccountKey(guildIn(1));
    const loading = ledger.load([key]);
    await settle();
    await desk(records).store.create(taskIn(1));
    await ledger.letGo(ONE, 'handed-over');
    turn.open();
    await loading;
    expect(ledger.readCached(key)?.total.reserved.videos).toBe(1n);
  });
});

describe("the operator's accounts by slot", () => {
  it('count the tasks of their own slot, and together what there is', async () => {
    const records = memoryRecords();
    const { ledger, store } = desk(records);
    for (const task of [taskIn(1), taskIn(1, 1), taskIn(40)]) await store.create(task);
    const stored = [...records.byKey].filter(([key]) => key.startsWith('account:operator'));
    expect(stored.map(([key, value]) => [key, videosOf(value)])).toEqual([
      ['account:operator:1', 2n],
      ['account:operator:40', 1n],
    ]);
    await ledger.load(ledger.operator.keys);
    const accounts = ledger.operator.keys.map((key) => ledger.readCached(key));
    expect(operatorSums(accounts, NOON).day.reserved).toBe(6_000_000n);
  });

  it('that is damaged is counted anew from the tasks of its slot', async () => {
    const records = memoryRecords();
    const { store } = desk(records);
    for (const task of [taskIn(1), taskIn(1, 1), taskIn(40)]) await store.create(task);
    records.byKey.set('account:operator:1', { broken: true });
    const { ledger } = desk(records);
    await ledger.load(['account:operator:1']);
    expect(ledger.readCached('account:operator:1')?.total.reserved.videos).toBe(2n);
  });
});
