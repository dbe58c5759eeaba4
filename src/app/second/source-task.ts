import { givenMedia } from '../../domain/routes/given-media.ts';
import type { VideoRequest } from '../../domain/routes/request.ts';
import type { Origin, SecondAction } from '../../domain/tasks/origin.ts';
import { currentRoute } from '../../domain/tasks/plan.ts';
import { isTaskId } from '../../domain/tasks/task-id.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { TaskStore } from '../ports/core.ts';
import type { GuildSettingsStore } from '../ports/guild-settings-port.ts';

/** A task that a member makes another video from, with its request. */
export interface Source {
  readonly task: Task;
  readonly request: VideoRequest;
}

/** Why a member cannot make a video from a task. */
export type SourceRefusal = 'gone' | 'unreadable' | 'callerOnly' | 'privateMedia';

export interface SourceDeps {
  readonly tasks: Pick<TaskStore, 'get'>;
  readonly guilds: Pick<GuildSettingsStore, 'get'>;
}

/** A member of a guild who clicked. */
export interface Clicker {
  readonly guildId: string;
  readonly memberId: string;
}

/**
 * Finds the task of a message and checks what its record allows this member. `taskId` is from
 * outside: the task of another guild counts as gone.
 */
export async function findSource(
  { tasks, guilds }: SourceDeps,
  { guildId, memberId }: Clicker,
  taskId: string,
): Promise<Source | SourceRefusal> {
  const [task, { reuse }] = await Promise.all([
    isTaskId(taskId) ? tasks.get(taskId) : undefined,
    guilds.get(guildId),
  ]);
  if (task?.guildId !== guildId) return 'gone';
  const isOwn = task.memberId === memberId;
  if (!isOwn && reuse === 'caller') return 'callerOnly';
  const request = requestAgain(task);
  if (request === undefined) return 'unreadable';
  const isPrivate = !isOwn && task.isShared !== true;
  return isPrivate && givenMedia(request).length > 0 ? 'privateMedia' : { task, request };
}

/** The request of a task with the length that it was made with; `undefined` if it is not known. */
function requestAgain(task: Task): VideoRequest | undefined {
  const { request } = task.secrets;
  if (request === undefined) return undefined;
  const { durationSeconds } = currentRoute(task);
  return { ...request, durationSeconds };
}

/** What a video that is made from a task records of it; `undefined` if the task has no message. */
export function originOf({ id, address }: Task, action: SecondAction): Origin | undefined {
  const messageId = address.repostId ?? address.messageId;
  if (messageId === undefined) return undefined;
  return { action, channelId: address.channelId, messageId, taskId: id };
}
