import type { TaskStore } from '../../src/app/ports/core.ts';
import type { StoredRecord } from '../../src/app/ports/record-store-port.ts';
import { isHeld, isHeldForOperator } from '../../src/domain/ledger/money-sides.ts';
import type { MoneySides } from '../../src/domain/ledger/money-sides.ts';
import { slotOf } from '../../src/domain/slots.ts';
import { snowflakeAt } from '../../src/domain/tasks/snowflake.ts';
import { mayFollow } from '../../src/domain/tasks/stage-graph.ts';
import type { Task } from '../../src/domain/tasks/task.ts';

export interface MemoryTasks {
  readonly port: TaskStore;
  /** What is on disk. */
  readonly byId: Map<string, Task>;
  /** Every write that took hold, as `how stage`. */
  readonly writes: string[];
  /** What was written in the commit of a task, by its key. */
  readonly alongside: Map<string, unknown>;
  /** Writes to come that are refused. */
  failures: number;
}

/**
 * The store as use cases see it, in memory; a process that ends leaves it as it is. A stage that may
 * not follow the one before is refused, so every test of the worker holds the graph of stages.
 */
export function memoryTasks(...tasks: readonly Task[]): MemoryTasks {
  const byId = new Map<string, Task>(tasks.map((task) => [task.id, task]));
  const writes: string[] = [];
  const alongside = new Map<string, unknown>();
  const write =
    (how: string) =>
    async (task: Task, _was?: MoneySides, more: readonly StoredRecord[] = []): Promise<void> => {
      if (store.failures > 0) {
        store.failures -= 1;
        throw new Error('disk full');
      }
      const before = byId.get(task.id)?.stage.name;
      const after = task.stage.name;
      if (before === undefined && how !== 'create') {
        throw new Error(`${how} of a task without a record`);
      }
      if (before !== undefined && !mayFollow(before, after)) {
        throw new Error(`${after} may not follow ${before}`);
      }
      byId.set(task.id, task);
      writes.push(`${how} ${task.stage.name}`);
      for (const { key, value } of more) alongside.set(key, value);
    };
  const open = (): Task[] => [...byId.values()].filter(({ stage }) => stage.name !== 'ended');
  const store: MemoryTasks = {
    byId,
    writes,
    alongside,
    failures: 0,
    port: {
      reserve: () => undefined,
      release: () => undefined,
      create: async (task, more) => write('create')(task, undefined, more),
      save: write('save'),
      end: write('end'),
      reopen: write('reopen'),
      get: async (id) => byId.get(id),
      isClaimed: async (interactionId) =>
        [...byId.values()].some((task) => task.interactionId === interactionId),
      openIds: async (slots) =>
        open()
          .filter(({ guildId }) => slots === undefined || slots.has(slotOf(guildId)))
          .map(({ id }) => id),
      loadOpen: async (ids) => open().filter(({ id }) => ids === undefined || ids.includes(id)),
      async visitSince(instantMs, visit) {
        const inOrder = [...byId.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
        for (const task of inOrder) if (task.id >= snowflakeAt(instantMs)) visit(task);
      },
      heldIds: async () => [...byId.values()].filter(isHeld).map(({ id }) => id),
      async loadHeld(guildId, most) {
        const held = [...byId.values()].filter(
          (task) => task.guildId === guildId && task.money.state === 'held',
        );
        return { total: held.length, oldest: held.slice(0, most) };
      },
      loadHeldForOperator: async () => [...byId.values()].filter(isHeldForOperator),
    },
  };
  return store;
}
