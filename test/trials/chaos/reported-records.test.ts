import { z } from 'zod';
import { expect, it } from 'vitest';
import { openRecordSchema } from '../../../src/domain/tasks/task.ts';
import { erasedTasksIn } from '../../../src/trials/chaos/reported-records.ts';
import { aTask } from '../../fakes/a-task.ts';

/** What the bot reports before it erases a task at that moment. */
function reportAt(atMs: number): string {
  const { secrets: _, ...record } = aTask();
  const encoded: unknown = z.encode(openRecordSchema, record);
  return JSON.stringify({ msg: 'a task is about to be erased', atMs, record: encoded });
}

it.each([
  [5, 1, 'before the copy, which has it as erased'],
  [15, 0, 'after the copy, which undoes that'],
  [25, 1, 'after the restore'],
])('of an erasure at %i, %i task counts: %s', (atMs, count) => {
  const restore = { copiedAtMs: 10, restoredAtMs: 20 };
  expect(erasedTasksIn([reportAt(atMs)], restore).size).toBe(count);
  expect(erasedTasksIn([reportAt(atMs)], undefined).size).toBe(1);
});
