import type { Task } from '../../domain/tasks/task.ts';

type Owner = Pick<Task, 'id' | 'guildId' | 'memberId'>;

/** Counts unfinished tasks, so that the limits of the operator hold. */
export interface ActiveTasks {
  /** Counts a task once, even if it is added again. */
  add(task: Owner): void;
  remove(taskId: string): void;
  ofGuild(guildId: string): number;
  ofMember(guildId: string, memberId: string): number;
  /** The ids of those whose guild is in one of these slots. */
  idsIn(slots: ReadonlySet<number>): string[];
  /** Of all guilds. */
  total(): number;
}
