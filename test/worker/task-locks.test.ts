import { EventEmitter, once } from 'node:events';
import { expect, it } from 'vitest';
import { createTaskLocks } from '../../src/worker/task-locks.ts';

it('one task is worked on by one at a time, in the order in which they came', async () => {
  const locks = createTaskLocks();
  const seen: string[] = [];
  const gate = new EventEmitter();
  const opened = once(gate, 'open');
  const work = (name: string) => async () => {
    seen.push(`${name} begins`);
    await opened;
    seen.push(`${name} ends`);
  };
  const all = [
    locks.run('a', work('step')),
    locks.runWhenFree('a', work('first')),
    locks.runWhenFree('a', work('second')),
    locks.runWhenFree('b', work('other')),
  ];
  expect(locks.isLocked('a')).toBe(true);
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
  expect(locks.isLocked('a')).toBe(false);
});

it('work that fails lets the next one on', async () => {
  const locks = createTaskLocks();
  const failing = locks.runWhenFree('a', async () => {
    throw new Error('a bug');
  });
  const next = locks.runWhenFree('a', async () => 'done');
  await expect(failing).rejects.toThrow('a bug');
  await expect(next).resolves.toBe('done');
});
