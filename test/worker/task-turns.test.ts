import { EventEmitter, once } from 'node:events';
import { expect, it } from 'vitest';
import { createTaskTurns } from '../../src/worker/task-turns.ts';

it('one task is worked on by one at a time, in the order in which they came', async () => {
  const turns = createTaskTurns();
  const seen: string[] = [];
  const gate = new EventEmitter();
  const opened = once(gate, 'open');
  const work = (name: string) => async () => {
    seen.push(`${name} begins`);
    await opened;
    seen.push(`${name} ends`);
  };
  const all = [
    turns.take('a', work('step')),
    turns.inTurn('a', work('first')),
    turns.inTurn('a', work('second')),
    turns.inTurn('b', work('other')),
  ];
  expect(turns.isTaken('a')).toBe(true);
  await Promise.resolve();
  expect(seen).toEqual(['step begins', 'other begins']);
  gate.emit('open');
  await Promise.all(all);
  expect(seen.filter((word) => !word.startsWith('other'))).toEqual([
    'step begins',
    'step ends',
    'first begins',
    'first ends',
    'second begins',
    'second ends',
  ]);
  expect(turns.isTaken('a')).toBe(false);
});

it('work that fails lets the next one on', async () => {
  const turns = createTaskTurns();
  const failing = turns.inTurn('a', async () => {
    throw new Error('a bug');
  });
  const next = turns.inTurn('a', async () => 'done');
  await expect(failing).rejects.toThrow('a bug');
  await expect(next).resolves.toBe('done');
});
