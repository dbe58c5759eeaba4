import type { TaskStore } from '../../src/app/ports.ts';
import type { Task } from '../../src/domain/tasks/task.ts';

export interface MemoryTasks {
  readonly port: TaskStore;
  /** What is on disk. */
  readonly byId: Map<string, Task>;
  /** Every write that took hold, as `how stage`. */
  readonly writes: string[];
  /** Writes to come that are refused. */
  failures: number;
}

/** The store as use cases see it, in memory; a process that ends leaves it as it is. */
export function memoryTasks(...tasks: readonly Task[]): MemoryTasks {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const writes: string[] = [];
  const write =
    (how: string) =>
    async (task: Task): Promise<void> => {
      if (store.failures > 0) {
        store.failures -= 1;
        throw new Error('disk full');
      }
      byId.set(task.id, task);
      writes.push(`${how} ${task.stage.name}`);
    };
  const store: MemoryTasks = {
    byId,
    writes,
    failures: 0,
    port: {
      create: write('create'),
      save: write('save'),
      end: write('end'),
      reopen: write('reopen'),
      get: async (id) => byId.get(id),
      has: async (id) => byId.has(id),
      loadOpen: async () => [...byId.values()].filter(({ stage }) => stage.name !== 'ended'),
      loadHeld: async (guildId) =>
        [...byId.values()].filter(
          (task) => task.guildId === guildId && task.money.state === 'held',
        ),
    },
  };
  return store;
}
