import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  OPERATOR_ACCOUNTS_BY_SLOT,
  OPERATOR_ACCOUNT_KEY,
} from '../../../src/domain/ledger/account-key.ts';
import {
  accountSchema,
  encodeAccount,
  rebuildAccount,
} from '../../../src/domain/ledger/account.ts';
import { sumOf } from '../../../src/domain/ledger/account-repair.ts';
import { keysOf, operatorWindows } from '../../../src/domain/ledger/windows.ts';
import { operatorAccountsFor } from '../../../src/store/copy/operator-accounts.ts';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { toRecord } from '../../../src/store/tasks/task-record.ts';
import { aTask } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';

const cipher = createCipher(new Uint8Array(32));
const WINDOWS = keysOf(operatorWindows(NOON));
const windows = { guild: WINDOWS, operator: WINDOWS };

interface GivenTask {
  readonly number: bigint;
  readonly guild: bigint;
  readonly state: 'reserved' | 'held' | 'settled';
  readonly cost: bigint | undefined;
}

/** What a task may have done to the operator's account, in a guild of one of many slots. */
const tasks = fc.uniqueArray(
  fc.record({
    number: fc.bigInt({ min: 0n, max: 1_000_000n }),
    guild: fc.bigInt({ min: 0n, max: 200n }),
    state: fc.constantFrom('reserved' as const, 'held' as const, 'settled' as const),
    cost: fc.option(fc.bigInt({ min: 0n, max: 10n ** 12n }), { nil: undefined }),
    /** Whether the task was deleted since, and no line of it is left. */
    isGone: fc.boolean(),
  }),
  { selector: ({ number }) => number, minLength: 1, maxLength: 20 },
);

function taskOf({ number, guild, state, cost }: GivenTask) {
  const amounts = { videos: 1n, seconds: 5n, ...(cost === undefined ? {} : { cost }) };
  const id = String(1_300_000_000_000_000_000n + number);
  const guildId = String(1_200_000_000_000_000_000n + (guild << 22n));
  return aTask({ id, guildId, windows, money: { state, amounts } });
}

async function accountsIn(records: ReturnType<typeof memoryRecords>, keys: readonly string[]) {
  const values = await records.getMany(keys);
  return values.flatMap((value) => (value === undefined ? [] : [accountSchema.parse(value)]));
}

it('have the same sums on Postgres, each part what its guilds have, and again the same on SQLite', async () => {
  await fc.assert(
    fc.asyncProperty(tasks, async (given) => {
      const made = given.map((one) => ({ ...one, task: taskOf(one) }));
      const counted = made.map(({ task }) => ({ money: task.money, windowKeys: WINDOWS }));
      const whole = rebuildAccount(WINDOWS, counted);
      const sqlite = memoryRecords();
      await sqlite.write([
        { key: OPERATOR_ACCOUNT_KEY, value: encodeAccount(whole) },
        ...made.flatMap(({ task, isGone }) => (isGone ? [] : [toRecord(cipher, task)])),
      ]);
      const postgres = memoryRecords();
      await postgres.write(await operatorAccountsFor('postgres', sqlite));
      const parts = await accountsIn(postgres, OPERATOR_ACCOUNTS_BY_SLOT.keys);
      expect(sumOf(parts)).toEqual(whole);
      expect(await postgres.get(OPERATOR_ACCOUNT_KEY)).toBeUndefined();
      for (const { task, isGone } of made) {
        const key = OPERATOR_ACCOUNTS_BY_SLOT.keyOf(task.guildId);
        const [part] = await accountsIn(postgres, [key]);
        // So that its release, or its charge, is taken from where it was counted.
        const { state } = task.money;
        const bucket = state === 'reserved' || state === 'held' ? state : 'used';
        expect(isGone || (part?.total[bucket].videos ?? 0n) > 0n).toBe(true);
      }
      const back = await operatorAccountsFor('sqlite', postgres);
      expect(back).toEqual([{ key: OPERATOR_ACCOUNT_KEY, value: encodeAccount(whole) }]);
    }),
    { numRuns: 50 },
  );
});

it('are none where there was none', async () => {
  for (const kind of ['sqlite', 'postgres'] as const) {
    expect(await operatorAccountsFor(kind, memoryRecords())).toEqual([]);
  }
});

it('are all counted anew where one is damaged', async () => {
  const records = memoryRecords();
  const [first = '', second = ''] = OPERATOR_ACCOUNTS_BY_SLOT.keys;
  const value = encodeAccount(rebuildAccount(WINDOWS, []));
  await records.write([
    { key: first, value },
    { key: second, value: 'damaged' },
  ]);
  const sqlite = await operatorAccountsFor('sqlite', records);
  expect(sqlite).toEqual([{ key: OPERATOR_ACCOUNT_KEY, value: 'damaged' }]);
  const postgres = await operatorAccountsFor('postgres', records);
  expect(postgres.map(({ key }) => key)).toEqual(OPERATOR_ACCOUNTS_BY_SLOT.keys);
  expect(new Set(postgres.map(({ value: one }) => one))).toEqual(new Set(['damaged']));
});
