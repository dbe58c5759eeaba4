import { Readable } from 'node:stream';
import type { Log } from '../../app/ports/core.ts';
import type { MediaKeeper } from '../../app/ports/media-keeper-port.ts';
import type { MediaStore } from '../../app/ports/media-store-port.ts';
import { errorCode } from '../../domain/error-code.ts';
import { givenMedia } from '../../domain/routes/given-media.ts';
import type { GivenMedia } from '../../domain/routes/given-media.ts';
import type { VideoRequest } from '../../domain/routes/request.ts';
import type { TaskId } from '../../domain/tasks/task-id.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { AttachmentSource } from './fetch-attachment.ts';

interface MediaKeeperDeps {
  readonly store: MediaStore;
  readonly source: AttachmentSource;
  /** Whether a task was not deleted meanwhile. */
  readonly exists: (taskId: TaskId) => Promise<boolean>;
  readonly log: Log;
  /** Cuts the copies that a stop finds. */
  readonly signal: AbortSignal;
}

/** Tasks whose media are copied at one time; an attachment may have 100 MB. */
const AT_ONCE = 2;
/** Tasks that wait for it. */
const MAX_WAITING = 500;

/** Creates the keeper, which copies behind the tasks: what fails costs nothing but the copy. */
export function createMediaKeeper(deps: MediaKeeperDeps): MediaKeeper {
  const { store, log, signal } = deps;
  const waiting: Task[] = [];
  const running = new Set<Promise<void>>();

  function next(): void {
    while (running.size < AT_ONCE && !signal.aborted) {
      const task = waiting.shift();
      if (task === undefined) return;
      const copying = keepAll(deps, task).finally(() => {
        running.delete(copying);
        next();
      });
      running.add(copying);
    }
  }

  return {
    keep(task) {
      const { request } = task.secrets;
      if (!store.isOn || request === undefined || attachedTo(request).length === 0) return;
      if (waiting.length >= MAX_WAITING) {
        log.warn({ taskId: task.id }, 'media not kept: too many tasks wait for it');
        return;
      }
      waiting.push(task);
      next();
    },
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/** What the member attached; what a prompt names is kept by its provider. */
function attachedTo(request: VideoRequest): GivenMedia[] {
  return givenMedia(request).filter(({ attachment }) => attachment.named === undefined);
}

async function keepAll(deps: MediaKeeperDeps, task: Task): Promise<void> {
  const { request } = task.secrets;
  if (request === undefined) return;
  for (const media of attachedTo(request)) {
    if (deps.signal.aborted) return;
    await keepOne(deps, task, media);
  }
}

async function keepOne(
  { store, source, exists, log, signal }: MediaKeeperDeps,
  { id: taskId }: Task,
  { option, attachment }: GivenMedia,
): Promise<void> {
  const { url: _, bytes: _bytes, kept: from, ...said } = attachment;
  try {
    // It may have waited for long.
    if (!(await exists(taskId))) return;
    const copied = from === undefined ? undefined : await store.read(from);
    const content =
      copied === undefined ? source.read(attachment, signal) : Readable.from([copied]);
    await store.keep({ taskId, option, ...said }, content);
    // Its media were deleted before this one was there.
    if (!(await exists(taskId))) await store.delete([taskId]);
  } catch (cause) {
    // Its message may name the address; its code does not.
    const detail = errorCode(cause) ?? (cause instanceof Error ? cause.message : 'failed');
    log.warn({ taskId, option, detail }, 'attached media not kept');
  }
}
