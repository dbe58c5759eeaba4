import { aRequest } from '../../fakes/a-request.ts';
import { taskIdSchema } from '../../../src/domain/tasks/task-id.ts';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Task } from '../../../src/domain/tasks/task.ts';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { fromRecord, toRecord } from '../../../src/store/tasks/task-record.ts';
import type { Seals } from '../../../src/store/tasks/task-record.ts';
import { RESULT_URL, aRefusal, aTask, queued, telling } from '../../fakes/a-task.ts';

const cipher = createCipher(randomBytes(32));
const onDisk = (task: Task, seals?: Seals): unknown =>
  JSON.parse(JSON.stringify(toRecord(cipher, task, seals).value));
const sealOf = (task: Task, seals: Seals): string =>
  z.object({ sealed: z.string() }).parse(onDisk(task, seals)).sealed;

describe("a task's record", () => {
  it.each([Number.NaN, 0.5, -1])('is not written where it could not be read again', (notBefore) => {
    const task = aTask({ stage: { ...queued(), notBefore } });
    expect(() => toRecord(cipher, task)).toThrow('notBefore');
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
