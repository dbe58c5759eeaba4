import { withoutNamed } from '../../domain/library/name-media.ts';
import { givenMedia } from '../../domain/routes/given-media.ts';
import type { VideoRequest } from '../../domain/routes/request.ts';
import { messageIdOf } from '../../domain/tasks/message-address.ts';
import type { Origin, SecondAction } from '../../domain/tasks/origin.ts';
import { currentRoute } from '../../domain/tasks/plan.ts';
import { isTaskId } from '../../domain/tasks/task-id.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { TaskStore } from '../ports/core.ts';
import type { GuildSettingsStore } from '../ports/guild-settings-port.ts';
import type { PreferencesStore } from '../ports/preferences-port.ts';

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
  readonly preferences: Pick<PreferencesStore, 'get'>;
}

/** A member of a guild who clicked. */
export interface Clicker {
  readonly guildId: string;
  readonly memberId: string;
}

/**
 * The task of a message. `taskId` is from outside: the task of another guild counts as gone, and so
 * does one whose message and request were deleted.
 */
export async function findTask(
  { tasks }: Pick<SourceDeps, 'tasks'>,
  { guildId }: Pick<Clicker, 'guildId'>,
  taskId: string,
): Promise<Task | undefined> {
  const task = isTaskId(taskId) ? await tasks.get(taskId) : undefined;
  return task?.guildId === guildId && task.isErased !== true ? task : undefined;
}

/** Whether a member may read and reuse what was asked for; a member's own wish goes first. */
export async function mayReuse(
  { guilds, preferences }: Pick<SourceDeps, 'guilds' | 'preferences'>,
  { guildId, memberId }: Clicker,
  task: Task,
): Promise<boolean> {
  if (task.memberId === memberId) return true;
  const [settings, wish] = await Promise.all([guilds.get(guildId), preferences.get(task.memberId)]);
  return wish.reuse !== 'me' && settings.reuse !== 'caller';
}

/** Finds the task of a message and checks what its record allows this member. */
export async function findSource(
  deps: SourceDeps,
  clicker: Clicker,
  taskId: string,
): Promise<Source | SourceRefusal> {
  const task = await findTask(deps, clicker, taskId);
  if (task === undefined) return 'gone';
  if (!(await mayReuse(deps, clicker, task))) return 'callerOnly';
  const request = requestAgain(task);
  if (request === undefined) return 'unreadable';
  const isPrivate = task.memberId !== clicker.memberId && task.isShared !== true;
  // What a prompt names is the server's, not the member's.
  const attached = givenMedia(withoutNamed(request));
  return isPrivate && attached.length > 0 ? 'privateMedia' : { task, request };
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
  const messageId = messageIdOf(address);
  if (messageId === undefined) return undefined;
  return { action, channelId: address.channelId, messageId, taskId: id };
}
