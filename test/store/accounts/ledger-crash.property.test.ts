import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { RecordStore } from '../../../src/app/ports/record-store-port.ts';
import { accountSchema, rebuildAccount } from '../../../src/domain/ledger/account.ts';
import {
  moveBothSides,
  moveServerSide,
  operatorMoneyOf,
} from '../../../src/domain/ledger/money-sides.ts';
import type { MoneyStep } from '../../../src/domain/ledger/task-money.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { createTaskStore } from '../../../src/store/tasks/task-store.ts';
import { aLedger } from '../../fakes/a-ledger.ts';
import { aTask, GUILD_ID } from '../../fakes/a-task.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { recordingLog } from '../../fakes/log.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';
import type { MemoryRecords } from '../../fakes/memory-records.ts';
import {
  guildAccountKey,
  memberAccountKey,
  OPERATOR_ACCOUNT_KEY,
} from '../../../src/domain/ledger/account-key.ts';

const MEMBERS = ['600000000000000001', '600000000000000002'];

const moneySteps = fc.oneof(
  fc.record({ kind: fc.constant('settle' as const), cost: fc.bigInt({ min: 0n, max: 900n }) }),
  fc.record({ kind: fc.constant('release' as const), assumed: fc.boolean() }),
  fc.constant<MoneyStep>({ kind: 'hold' }),
);

/** By an admin: for the server alone. */
const steps = fc.record({ isByAdmin: fc.boolean(), step: moneySteps });
interface Step {
  readonly isByAdmin: boolean;
  readonly step: MoneyStep;
}

/** Tasks with what happens to their money, replays included, several at a time. */
const histories = fc.array(
  fc.record({
    member: fc.nat(1),
    cost: fc.bigInt({ min: 0n, max: 1000n }),
    steps: fc.array(steps, { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 8 },
);

function dead(): never {
  throw new Error('the process was killed');
}

/** A process's view of the disk: dead for good after so many writes, as by a kill between two. */
function dyingAfter(records: MemoryRecords, writes: number): RecordStore {
  let left = writes;
  return {
    ...records,
    write: async (written) => ((left -= 1) < 0 ? dead() : records.write(written)),
    remove: async (keys) => (left <= 0 ? dead() : records.remove(keys)),
  };
}

function storeOver(records: RecordStore) {
  const log = recordingLog();
  const clock = fakeClock();
  const ledger = aLedger(records, log);
  return createTaskStore({ records, ledger, cipher: createCipher(new Uint8Array(32)), clock, log });
}

async function live(
  store: ReturnType<typeof storeOver>,
  first: Task,
  todo: readonly Step[],
): Promise<void> {
  await store.create(first);
  let task = first;
  for (const { isByAdmin, step } of [...todo, ...todo]) {
    const sides = isByAdmin ? moveServerSide(task, step) : moveBothSides(task, step);
    const next = { ...task, ...sides };
    await store.save(next, task);
    task = next;
  }
}

function stored(records: MemoryRecords, key: string) {
  const value = records.byKey.get(key);
  return value === undefined ? undefined : accountSchema.parse(value);
}

it('accounts equal what the records say, wherever the process dies, and nothing is negative', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.nat(20), async (history, writes) => {
      const records = memoryRecords();
      const dying = storeOver(dyingAfter(records, writes));
      await Promise.allSettled(
        history.map(async ({ member, cost, steps: todo }, at) => {
          const need = { videos: 1n, seconds: 5n, cost };
          const id = String(1_300_000_000_000_000_000n + BigInt(at));
          const memberId = MEMBERS[member] ?? '';
          await live(
            dying,
            aTask({ id, memberId, money: { state: 'reserved', amounts: need } }),
            todo,
          );
        }),
      );
      const after = storeOver(records);
      const tasks = await Promise.all(
        [...records.byKey.keys()]
          .filter((key) => key.startsWith('task:'))
          .map(async (key) => after.get(key.slice('task:'.length))),
      );
      const known = tasks.filter((task) => task !== undefined);
      const { windows } = aTask();
      const sums = (of: readonly Task[], kind: 'guild' | 'operator') =>
        rebuildAccount(
          windows[kind],
          of.map((task) => ({
            money: kind === 'guild' ? task.money : operatorMoneyOf(task),
            windowKeys: task.windows[kind],
          })),
        );
      const zero = known.length === 0;
      const guild = stored(records, guildAccountKey(GUILD_ID));
      expect(guild).toEqual(zero ? undefined : sums(known, 'guild'));
      expect(stored(records, OPERATOR_ACCOUNT_KEY)).toEqual(
        zero ? undefined : sums(known, 'operator'),
      );
      for (const member of MEMBERS) {
        const own = known.filter(({ memberId }) => memberId === member);
        const account = stored(records, memberAccountKey(GUILD_ID, member));
        expect(account).toEqual(own.length === 0 ? undefined : sums(own, 'guild'));
      }
      // Encoding refuses a negative sum.
      if (guild !== undefined) z.encode(accountSchema, guild);
    }),
    { numRuns: 300 },
  );
});
