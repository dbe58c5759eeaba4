import { describe, expect, it } from 'vitest';
import { createHoldDesk } from '../../src/app/hold-desk.ts';
import { createCipher } from '../../src/store/cipher.ts';
import { createTaskStore } from '../../src/store/task-store.ts';
import { aLedger } from '../fakes/a-ledger.ts';
import { GUILD_ID, TASK_ID, aTask, ended } from '../fakes/a-task.ts';
import { fakeClock } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';
import { memoryRecords } from '../fakes/memory-records.ts';

const OTHER_GUILD = '1300000000000000011';
const ADMIN = '1300000000000000021';

/** One held task of one guild. */
async function desk() {
  const records = memoryRecords();
  const log = recordingLog();
  const clock = fakeClock();
  const ledger = aLedger(records, log);
  const cipher = createCipher(new Uint8Array(32));
  const store = createTaskStore({ records, ledger, cipher, clock, log });
  const task = aTask();
  await store.create(task);
  const money = { state: 'held', amounts: { videos: 1n, seconds: 5n } } as const;
  const stage = ended({ kind: 'outcome-unknown' }, { providerTaskId: 'p-1' });
  await store.end({ ...task, stage, money }, task.money);
  const begun: string[] = [];
  const holds = createHoldDesk({
    store,
    clock,
    log,
    begin: ({ id }) => {
      begun.push(id);
    },
  });
  return { holds, store, begun };
}

describe('a held task', () => {
  it.each(['settle-at-quote', 'release', 'ask-again'] as const)(
    'is out of reach of another server’s admins: %s',
    async (kind) => {
      const { holds, store, begun } = await desk();
      const before = await store.get(TASK_ID);
      await expect(holds.list(OTHER_GUILD)).resolves.toEqual([]);
      await expect(holds.act(OTHER_GUILD, TASK_ID, { kind }, ADMIN)).resolves.toEqual({
        kind: 'not-held',
      });
      await expect(store.get(TASK_ID)).resolves.toEqual(before);
      expect(begun).toEqual([]);
      await expect(holds.act(GUILD_ID, TASK_ID, { kind }, ADMIN)).resolves.toMatchObject({
        kind: 'done',
      });
    },
  );

  it('is ended once by two admins at once', async () => {
    const { holds, store } = await desk();
    const answers = await Promise.all([
      holds.act(GUILD_ID, TASK_ID, { kind: 'release' }, ADMIN),
      holds.act(GUILD_ID, TASK_ID, { kind: 'settle', cost: 5n }, ADMIN),
    ]);
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['done', 'not-held']);
    await expect(store.get(TASK_ID)).resolves.toMatchObject({ money: { state: 'released' } });
  });
});
