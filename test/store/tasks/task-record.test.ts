import { aRequest } from '../../fakes/a-request.ts';
import { taskIdSchema } from '../../../src/domain/tasks/task-id.ts';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { TaskMoney } from '../../../src/domain/ledger/task-money.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { fromRecord, storedTaskSchema, toRecord } from '../../../src/store/tasks/task-record.ts';
import type { Seals } from '../../../src/store/tasks/task-record.ts';
import { RESULT_URL, STAGES, aRefusal, aTask, queued, telling } from '../../fakes/a-task.ts';

const AMOUNTS = { videos: 1n, seconds: 5n, cost: 900_000n };
const MONEY: readonly TaskMoney[] = [
  { state: 'none' },
  { state: 'reserved', amounts: AMOUNTS },
  { state: 'held', amounts: AMOUNTS },
  { state: 'settled', amounts: { videos: 1n, seconds: 5n } },
  { state: 'released', assumed: false },
];

const cipher = createCipher(randomBytes(32));
const onDisk = (task: Task, seals?: Seals): unknown =>
  JSON.parse(JSON.stringify(toRecord(cipher, task, seals).value));
const sealOf = (task: Task, seals: Seals): string =>
  z.object({ sealed: z.string() }).parse(onDisk(task, seals)).sealed;

describe("a task's record", () => {
  it.each(STAGES.flatMap((stage) => MONEY.map((money) => ({ stage, money }))))(
    'is what its schema encodes: $stage.name, $money.state',
    ({ stage, money }) => {
      const quote = {
        kind: 'priced',
        micros: 900_000n,
        currency: 'USD',
        price: { amount: '0.90', currency: 'USD', per: 'task' },
      } as const;
      const attempts = [{ route: 'jimmy/seedance2.0-sp', at: 1, cost: 12n }];
      const operatorMoney = { state: 'released', assumed: true } as const;
      const task = aTask({ stage, money, operatorMoney, quote, attempts });
      const { value } = toRecord(cipher, task);
      const decoded = storedTaskSchema.parse(value);
      expect(z.encode(storedTaskSchema, decoded)).toEqual(value);
      expect(fromRecord(cipher, JSON.parse(JSON.stringify(value)))).toEqual(task);
    },
  );

  it('is not written with an amount below zero', () => {
    const amounts = { videos: 1n, seconds: -5n };
    expect(() => toRecord(cipher, aTask({ money: { state: 'held', amounts } }))).toThrow(
      'negative',
    );
  });

  it('keeps the seal of secrets that did not change, also of what was read', () => {
    const seals: Seals = new WeakMap();
    const task = aTask({ stage: queued() });
    const first = sealOf(task, seals);
    expect(sealOf({ ...task, stage: telling({ kind: 'timed-out' }) }, seals)).toBe(first);
    const read = fromRecord(cipher, onDisk(task, seals), seals);
    expect(sealOf({ ...read, stage: telling({ kind: 'timed-out' }) }, seals)).toBe(first);
  });

  it.each([
    ['other secrets', { secrets: { ...aTask().secrets, resultUrl: RESULT_URL } }],
    ['no secrets', { secrets: {} }],
    ['other words of the provider', { stage: telling({ kind: 'refused', refusal: aRefusal() }) }],
    ['another task', { id: taskIdSchema.parse('1300000000000009999') }],
  ] satisfies [string, Partial<Task>][])('seals anew for %s, and reads that', (_, changes) => {
    const seals: Seals = new WeakMap();
    const task = aTask({ secrets: { request: aRequest(), interactionToken: 'token' } });
    const first = sealOf(task, seals);
    const changed = { ...task, ...changes };
    expect(sealOf(changed, seals)).not.toBe(first);
    expect(fromRecord(cipher, onDisk(changed, seals), seals)).toEqual(changed);
  });
});
