import type { Task } from '../domain/tasks/task.ts';

type Owner = Pick<Task, 'id' | 'guildId' | 'memberId'>;

/** Which tasks are unfinished, so that nobody has more at a time than the operator allows. */
export interface ActiveTasks {
  /** Counts a task once, however often it is told. */
  add(task: Owner): void;
  remove(taskId: string): void;
  ofGuild(guildId: string): number;
  ofMember(guildId: string, memberId: string): number;
  /** Of all guilds. */
  total(): number;
}

export function createActiveTasks(): ActiveTasks {
  const owners = new Map<string, readonly string[]>();
  const counts = new Map<string, number>();

  const count = (key: string, by: 1 | -1): void => {
    const next = (counts.get(key) ?? 0) + by;
    if (next === 0) counts.delete(key);
    else counts.set(key, next);
  };
  return {
    add({ id, guildId, memberId }) {
      if (owners.has(id)) return;
      const keys = [guildId, `${guildId}:${memberId}`];
      owners.set(id, keys);
      for (const key of keys) count(key, 1);
    },
    remove(taskId) {
      for (const key of owners.get(taskId) ?? []) count(key, -1);
      owners.delete(taskId);
    },
    ofGuild: (guildId) => counts.get(guildId) ?? 0,
    ofMember: (guildId, memberId) => counts.get(`${guildId}:${memberId}`) ?? 0,
    total: () => owners.size,
  };
}

/** Told of its end or not, a task that is decided holds no place. */
export function isUnfinished({ stage }: Pick<Task, 'stage'>): boolean {
  return stage.name !== 'telling' && stage.name !== 'ended';
}
