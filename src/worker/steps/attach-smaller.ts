import type { MessageResult } from '../../app/ports/message-port.ts';
import { currentPath } from '../../domain/tasks/message-address.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { MINUTE_MS } from '../../domain/time-units.ts';
import type { WorkerDeps } from '../worker-deps.ts';
import { fileName } from './file-name.ts';

type AttachDeps = Pick<
  WorkerDeps,
  'store' | 'messages' | 'clock' | 'log' | 'signals' | 'clips' | 'after'
>;

/** What every channel takes, in bytes; what this one takes beyond is known only by the interaction. */
const ANY_CHANNEL_BYTES = 10 * 1_048_576;

/** The time between the first edit and the one with the smaller clip, at most. */
const MAX_WAIT_MS = 7 * MINUTE_MS;

/**
 * Has a smaller copy made of a clip that is too large for Discord, and edits it into the message that
 * has its address; only then the gallery shows the message, whose forward cannot be changed. The task has
 * ended: nothing is recorded, nothing is posted, and after a crash the address is what stays.
 */
export function makeSmaller(deps: AttachDeps, task: Task, resultBytes: number | undefined): void {
  const isByToken = currentPath(task.address, deps.clock.now() + MAX_WAIT_MS) === 'webhook';
  // A clip of a known size was too large by the interaction's limit; else Discord refused it.
  const isLimitKnown = isByToken && resultBytes !== undefined;
  const maxBytes = isLimitKnown
    ? task.attachmentLimitBytes
    : Math.min(task.attachmentLimitBytes, ANY_CHANNEL_BYTES);
  let isAttached = false;
  deps.clips.linked(task, {
    maxBytes,
    async attach(clip) {
      isAttached = await attach(deps, task, clip);
    },
    ended: () => void show(deps, task, isAttached),
  });
}

async function attach(deps: AttachDeps, { id }: Task, content: Blob): Promise<boolean> {
  // As it is now: it may have been deleted, or its hold resolved.
  const task = await deps.store.get(id);
  if (task?.stage.name !== 'ended') return false;
  const { outcome } = task.stage;
  if (outcome.kind !== 'delivered' || outcome.how !== 'link') return false;
  const result = await edit(deps, task, { name: fileName(task), content });
  const isDone = result?.kind === 'done';
  if (isDone) deps.log.info({ taskId: id }, 'smaller clip attached');
  else deps.log.warn({ taskId: id, result: result?.kind }, 'smaller clip not attached');
  return isDone;
}

/** Shows the task in the gallery as it is now: it may have been shared meanwhile. Never rejects. */
async function show(
  { store, after, log }: AttachDeps,
  { id }: Task,
  isAttached: boolean,
): Promise<void> {
  try {
    const task = await store.get(id);
    if (task !== undefined) after.gallery.delivered(task, isAttached);
  } catch (cause) {
    log.warn({ err: cause, taskId: id }, 'video not shown in the gallery');
  }
}

async function edit(
  { messages, clock, signals }: AttachDeps,
  task: Task,
  file: { readonly name: string; readonly content: Blob },
): Promise<MessageResult | undefined> {
  const { address, secrets, stage } = task;
  const outcome = stage.name === 'ended' ? stage.outcome : undefined;
  const view = { task, ...(outcome && { outcome }), isSmaller: true } as const;
  const path = currentPath(address, clock.now());
  const token = secrets.interactionToken;
  if (path === 'webhook' && token !== undefined) {
    return messages.editByToken(address, token, view, file, signals.sends);
  }
  const messageId = path === 'repost' ? address.repostId : address.messageId;
  if (path === 'lost' || messageId === undefined) return undefined;
  return messages.editInChannel(address.channelId, messageId, view, file, signals.sends);
}
