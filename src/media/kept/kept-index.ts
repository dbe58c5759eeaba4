import { isOlderSnowflake } from '../../domain/tasks/snowflake.ts';
import type { KeptEntry } from './kept-folder.ts';

/** Which copies there are, and how much they take together. */
export interface KeptIndex {
  add(entry: KeptEntry): void;
  remove(name: string): void;
  /** By their names. */
  entries(): ReadonlyMap<string, KeptEntry>;
  /** The names of what is kept of a task. */
  namesOf(taskId: string): string[];
  /** The tasks of which something is kept. */
  taskIds(): ReadonlySet<string>;
  /**
   * The names of what must go, the oldest tasks' first, so that a copy of `bytes` under `name` fits:
   * it replaces an earlier one of its name.
   */
  inTheWayOf(name: string, bytes: number): string[];
}

/** Creates the index of a folder that may take `maxBytes`. */
export function createKeptIndex(maxBytes: number): KeptIndex {
  const entries = new Map<string, KeptEntry>();
  let total = 0;

  function remove(name: string): void {
    total -= entries.get(name)?.bytes ?? 0;
    entries.delete(name);
  }

  return {
    add(entry) {
      remove(entry.name);
      entries.set(entry.name, entry);
      total += entry.bytes;
    },
    remove,
    entries: () => entries,
    namesOf: (taskId) =>
      [...entries.values()].flatMap((entry) => (entry.taskId === taskId ? [entry.name] : [])),
    taskIds: () => new Set([...entries.values()].map(({ taskId }) => taskId)),
    inTheWayOf(name, bytes) {
      let excess = total + bytes - (entries.get(name)?.bytes ?? 0) - maxBytes;
      if (excess <= 0) return [];
      const going: string[] = [];
      const others = [...entries.values()].filter((entry) => entry.name !== name);
      for (const entry of others.toSorted(byAge)) {
        if (excess <= 0) break;
        going.push(entry.name);
        excess -= entry.bytes;
      }
      return going;
    },
  };
}

/** A task's id has its time, which no clock of the machine can change. */
function byAge(one: KeptEntry, other: KeptEntry): number {
  if (one.taskId === other.taskId) return 0;
  return isOlderSnowflake(one.taskId, other.taskId) ? -1 : 1;
}
