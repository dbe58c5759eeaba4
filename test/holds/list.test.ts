import type { TaskChanges } from '../fakes/a-task.ts';
import { describe, expect, it } from 'vitest';
import { listText } from '../../src/holds/list-text.ts';
import { readArguments } from '../../src/holds/read-arguments.ts';
import { readHolds } from '../../src/holds/read-holds.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { createCipher } from '../../src/store/records/cipher.ts';
import { toRecord } from '../../src/store/tasks/task-record.ts';
import { GUILD_ID, TASK_ID, aRefusal, aTask, ended } from '../fakes/a-task.ts';
import { NOON } from '../fakes/clock.ts';
import { memoryRecords } from '../fakes/memory-records.ts';

const HELD = { state: 'held', amounts: { videos: 1n, seconds: 5n, cost: 500_000n } } as const;
const UNPRICED = { state: 'held', amounts: { videos: 1n, seconds: 5n } } as const;
const RELEASED = { state: 'released', assumed: false } as const;

const held = (id: string, changes: TaskChanges = {}): Task =>
  aTask({
    id,
    stage: ended({ kind: 'timed-out' }, { providerTaskId: 'p-\u001b[31m1' }),
    quote: {
      kind: 'priced',
      micros: 500_000n,
      currency: 'USD',
      price: { amount: '0.50', currency: 'USD', per: 'task' },
    },
    money: HELD,
    ...changes,
  });

async function listOf(...tasks: readonly Task[]): Promise<string[]> {
  const records = memoryRecords();
  const cipher = createCipher(new Uint8Array(32));
  await records.write(
    tasks.flatMap((task) => [
      toRecord(cipher, task),
      { key: `held:${task.guildId}:${task.id}`, value: 1 },
    ]),
  );
  const before = new Map(records.byKey);
  const text = listText(await readHolds(records));
  expect(records.byKey).toEqual(before);
  return text.split('\n');
}

describe('the operator’s list', () => {
  it.each([
    [{ kind: 'failed', refusal: aRefusal() }, 'may have charged for it'],
    [{ kind: 'restored' }, 'restored from a copy'],
    [{ kind: 'undeliverable' }, 'reports far more than was quoted'],
  ] as const)('says why a task is held: %j', async (outcome, why) => {
    const [, line] = await listOf(held('1300000000000000001', { stage: ended(outcome) }));
    expect(line).toContain(why);
  });

  it('has the holds of all servers, those without a quote first, then the oldest', async () => {
    const lines = await listOf(
      held('1300000000000000001', { acceptedAt: NOON + 2 }),
      held('1300000000000000002', { acceptedAt: NOON, guildId: '1300000000000000011' }),
      held('1300000000000000003', {
        acceptedAt: NOON + 1,
        quote: { kind: 'unknown' },
        money: UNPRICED,
      }),
      // Resolved for the operator, so its marker no longer fits.
      held('1300000000000000004', { operatorMoney: RELEASED }),
    );
    expect(lines.slice(2).map((line) => line.slice(0, 19))).toEqual([
      '1300000000000000003',
      '1300000000000000002',
      '1300000000000000001',
    ]);
    expect(lines[1]).toContain('the first one has no quote');
  });

  it('says for each how much counts, why, and whether an admin has resolved it', async () => {
    const [, line] = await listOf(
      held(TASK_ID, {
        money: { state: 'settled', amounts: { ...HELD.amounts, cost: 700_000n } },
        operatorMoney: HELD,
      }),
    );
    expect(line).toBe(
      `${TASK_ID} · server ${GUILD_ID} · member 1300000000000000020 · jimmy/seedance2.0-sp · 2026-11-20T12:00:00.000Z · counts $0.50 · not finished in time · provider’s number p-?[31m1 · resolved by an admin: settled at $0.70`,
    );
  });

  it('says that there are none', async () => {
    expect(await listOf()).toEqual(['No unconfirmed charge counts against your budget.']);
  });
});

describe('the arguments', () => {
  it.each([
    [[], { kind: 'list' }],
    [['release', TASK_ID], { kind: 'end', taskId: TASK_ID, end: { kind: 'release' } }],
    [['settle', TASK_ID], { kind: 'end', taskId: TASK_ID, end: { kind: 'settle-at-quote' } }],
    [
      ['settle', TASK_ID, '0.90', 'USD'],
      { kind: 'end', taskId: TASK_ID, end: { kind: 'settle', amount: '0.90 USD' } },
    ],
    [['list'], undefined],
    [['release'], undefined],
    [['release', '12'], undefined],
    [['release', TASK_ID, '1'], undefined],
    [['settle', TASK_ID, '1', '2', '3'], undefined],
    [['settle', TASK_ID, '9'.repeat(61)], undefined],
  ])('%j', (given, expected) => {
    expect(readArguments(given)).toEqual(expected);
  });
});
