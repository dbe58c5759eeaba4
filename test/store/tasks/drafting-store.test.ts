import { describe, expect, it } from 'vitest';
import { withDrafts } from '../../../src/store/tasks/drafting-store.ts';
import { slotOf } from '../../../src/domain/slots.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import type { TaskStore } from '../../../src/app/ports/core.ts';
import {
  TASK_ID,
  aTask,
  delivering,
  ended,
  queued,
  running,
  submitting,
} from '../../fakes/a-task.ts';
import { fakeClock, settle } from '../../fakes/clock.ts';
import { held } from '../../fakes/held.ts';
import { recordingLog } from '../../fakes/log.ts';
import { memoryTasks } from '../../fakes/memory-tasks.ts';

const RECORD = { key: 'a', value: 1 };
const MORE = { key: 'b', value: 2 };
const delivered = ended({ kind: 'delivered', how: 'attachment' });

function over(wrap: (store: TaskStore) => TaskStore = (store) => store, ...tasks: readonly Task[]) {
  const clock = fakeClock();
  const log = recordingLog();
  const memory = memoryTasks(...tasks);
  return { clock, log, memory, store: withDrafts(wrap(memory.port), { clock, log }) };
}

describe('a first record', () => {
  it('is one commit with the record that follows, with everything alongside', async () => {
    const { memory, store } = over();
    const task = aTask({ stage: queued() });
    const written = store.begin(task, [RECORD]);
    await expect(store.get(TASK_ID)).resolves.toBe(task);
    expect(memory.writes).toEqual([]);
    await store.save({ ...task, stage: submitting() }, task, [MORE]);
    await expect(written).resolves.toBe(true);
    expect(memory.writes).toEqual(['create submitting']);
    expect([...memory.alongside.keys()]).toEqual(['a', 'b']);
    expect(store.isHeldBack(TASK_ID)).toBe(false);
  });

  it('that fails is dropped, and its task is nowhere', async () => {
    const { memory, store } = over();
    const written = store.begin(aTask({ stage: queued() }), []);
    memory.failures = 1;
    await expect(store.flush(TASK_ID)).rejects.toThrow('disk full');
    await expect(written).resolves.toBe(false);
    expect([store.isHeldBack(TASK_ID), memory.byId.size]).toEqual([false, 0]);
    await expect(store.get(TASK_ID)).resolves.toBeUndefined();
  });

  it('that fails before its accounts were posted gives its reservation back', async () => {
    const released: string[] = [];
    const { store } = over((given) => ({
      ...given,
      create: async () => {
        throw new Error('not encodable');
      },
      release: ({ id }) => void released.push(id),
    }));
    const written = store.begin(aTask({ stage: queued() }), []);
    await expect(store.flush(TASK_ID)).rejects.toThrow('not encodable');
    await expect(written).resolves.toBe(false);
    expect(released).toEqual([TASK_ID]);
  });

  it('that is being written is waited for by a flush of all', async () => {
    const slow = held();
    const { store } = over((given) => ({
      ...given,
      async create(...args) {
        await slow.opened;
        await given.create(...args);
      },
    }));
    const task = aTask({ stage: queued() });
    void store.begin(task, []);
    const saving = store.save({ ...task, stage: submitting() }, task);
    let isFlushed = false;
    const flushing = (async () => {
      await store.flushAll();
      isFlushed = true;
    })();
    await settle();
    expect(isFlushed).toBe(false);
    slow.open();
    await Promise.all([saving, flushing]);
  });

  it('is written by a stop as it is', async () => {
    const { memory, store } = over();
    const written = store.begin(aTask({ stage: queued() }), []);
    await store.flushAll();
    await expect(written).resolves.toBe(true);
    expect(memory.writes).toEqual(['create queued']);
  });
});

describe('a record held back', () => {
  const before = aTask({ stage: running() });
  const next = aTask({
    stage: delivering(),
    money: { state: 'settled', amounts: { videos: 1n, seconds: 5n } },
  });

  it('is one commit with the end, whose money moves from what is stored', async () => {
    const seen: unknown[] = [];
    const { memory, store } = over(
      (given) => ({
        ...given,
        async end(task, was, alongside) {
          seen.push(was.money.state);
          await given.end(task, was, alongside);
        },
      }),
      before,
    );
    store.holdBack(next, before, [RECORD]);
    await store.end({ ...next, stage: delivered }, next, [MORE]);
    expect(memory.writes).toEqual(['end ended']);
    expect(seen).toEqual([before.money.state]);
    expect([...memory.alongside.keys()]).toEqual(['a', 'b']);
  });

  it('moves money from what is stored with any record that follows it', async () => {
    const seen: unknown[] = [];
    const { store } = over(
      (given) => ({
        ...given,
        async save(task, was, alongside) {
          seen.push(was.money.state);
          await given.save(task, was, alongside);
        },
      }),
      before,
    );
    store.holdBack(next, before, []);
    await store.save({ ...next, stage: delivering({ attempts: 1 }) }, next);
    expect(seen).toEqual([before.money.state]);
  });

  it('is written after a second, and the end that follows writes only itself', async () => {
    const { clock, memory, store } = over(undefined, before);
    store.holdBack(next, before, [RECORD]);
    await clock.advance(999);
    expect(memory.writes).toEqual([]);
    await clock.advance(1);
    await settle();
    await store.end({ ...next, stage: delivered }, next);
    expect(memory.writes).toEqual(['save delivering', 'end ended']);
    expect(clock.timersSet()).toBe(0);
  });

  it('is never overtaken by the record that follows it', async () => {
    const slow = held();
    const { clock, memory, store } = over(
      (given) => ({
        ...given,
        async save(...args) {
          await slow.opened;
          await given.save(...args);
        },
      }),
      before,
    );
    store.holdBack(next, before, []);
    await clock.advance(1000);
    const ending = store.end({ ...next, stage: delivered }, next);
    await settle();
    expect(memory.writes).toEqual([]);
    slow.open();
    await ending;
    expect(memory.writes).toEqual(['save delivering', 'end ended']);
  });

  it('that fails stays held back, and the next record has it', async () => {
    const seen: unknown[] = [];
    const { clock, log, memory, store } = over(
      (given) => ({
        ...given,
        async end(task, was, alongside) {
          seen.push(was.money.state);
          await given.end(task, was, alongside);
        },
      }),
      before,
    );
    store.holdBack(next, before, [RECORD]);
    memory.failures = 1;
    await clock.advance(1000);
    await settle();
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { taskId: TASK_ID } }]);
    expect(store.isHeldBack(TASK_ID)).toBe(true);
    await store.end({ ...next, stage: delivered }, next);
    expect(memory.writes).toEqual(['end ended']);
    expect(seen).toEqual([before.money.state]);
    expect([...memory.alongside.keys()]).toEqual(['a']);
  });
});

describe('what is held back for slots that are lost', () => {
  const own = new Set([slotOf(aTask().guildId)]);

  it('is dropped: a first record with its reservation, as one that could not be written', async () => {
    const released: string[] = [];
    const { memory, store } = over((port) => ({
      ...port,
      release: ({ id }) => void released.push(id),
    }));
    const written = store.begin(aTask({ stage: queued() }), []);
    store.drop(new Set([(slotOf(aTask().guildId) + 1) % 64]));
    expect(store.isHeldBack(TASK_ID)).toBe(true);
    store.drop(own);
    await expect(written).resolves.toBe(false);
    expect([store.isHeldBack(TASK_ID), memory.byId.size, released]).toEqual([false, 0, [TASK_ID]]);
    await store.flushAll();
  });

  it('is not written after its second', async () => {
    const stored = aTask({ stage: running() });
    const { clock, memory, store } = over((port) => port, stored);
    store.holdBack({ ...stored, stage: delivering() }, stored, []);
    store.drop(own);
    await clock.advance(2000);
    expect(memory.writes).toEqual([]);
    await expect(store.get(TASK_ID)).resolves.toEqual(stored);
  });

  it('is not held back again where its record was being written, and fails', async () => {
    const stored = aTask({ stage: running() });
    const turn = held();
    const { store } = over(
      (port) => ({
        ...port,
        async end() {
          await turn.opened;
          throw new Error('this process is no member any more');
        },
      }),
      stored,
    );
    const after = { ...stored, stage: delivering() };
    store.holdBack(after, stored, []);
    const end = store.end({ ...after, stage: delivered }, after);
    await settle();
    store.drop(own);
    turn.open();
    await expect(end).rejects.toThrow('no member');
    expect(store.isHeldBack(TASK_ID)).toBe(false);
  });
});
