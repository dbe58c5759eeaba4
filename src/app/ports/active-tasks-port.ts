import type { Task } from '../../domain/tasks/task.ts';

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
