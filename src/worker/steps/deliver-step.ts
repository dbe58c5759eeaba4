import type { OutgoingFile } from '../../app/ports/message-port.ts';
import type { FetchedVideo } from '../../app/ports/video-port.ts';
import type { LinkReason, Outcome, ResultLoss } from '../../domain/tasks/outcome.ts';
import { backoffMs } from '../../domain/tasks/policy.ts';
import { providerOf } from '../../domain/tasks/plan.ts';
import type { StageOf, Task } from '../../domain/tasks/task.ts';
import { endWith } from '../../domain/tasks/transitions.ts';
import { endTask, reachFinally } from './notify-step.ts';
import type { NotifyDeps } from './notify-step.ts';
import { UPLOAD_TRIES } from './reach-message.ts';
import type { FileRefusal } from './reach-message.ts';
import { advance } from './advance.ts';
import { makeSmaller } from './attach-smaller.ts';
import { fileName } from './file-name.ts';
import type { StepResult, WorkerDeps } from '../worker-deps.ts';

/** The ids of tasks whose video is here, so that their next step is the upload. */
export type Downloads = Set<string>;

type DeliverDeps = NotifyDeps &
  Pick<WorkerDeps, 'video' | 'clips'> & { readonly downloads: Downloads };

type Delivering = StageOf<'delivering'>;

/**
 * Delivers a finished video: downloads it, and uploads it in a step of its own, or posts its address
 * if it is too large. Retries temporary failures until the address expires.
 */
export async function deliverStep(
  deps: DeliverDeps,
  task: Task,
  stage: Delivering,
): Promise<StepResult | undefined> {
  const url = task.secrets.resultUrl;
  if (url === undefined) return endAsLost(deps, task, stage, 'no-address', false);
  if (stage.asLink) {
    return post(deps, task, stage, linkOutcome(stage));
  }
  if (!deps.downloads.has(task.id)) return download(deps, task, stage, url);
  const saved = await deps.video.find(task.id, task.attachmentLimitBytes);
  if (saved === undefined) {
    deps.log.warn({ taskId: task.id }, 'downloaded video is gone: it is downloaded again');
    deps.downloads.delete(task.id);
    return { task, nextAt: deps.clock.now() };
  }
  const file = { content: saved.content, name: fileName(task) };
  const codec = saved.codec === undefined ? {} : { codec: saved.codec };
  return post(deps, task, stage, { kind: 'delivered', how: 'attachment', ...codec }, file);
}

/** Downloads the result. The upload is the next step, so that it waits for no other download. */
async function download(
  deps: DeliverDeps,
  task: Task,
  stage: Delivering,
  url: string,
): Promise<StepResult | undefined> {
  const fetched = await deps.video.fetch({
    taskId: task.id,
    url,
    ...(task.secrets.resultNeedsKey === true ? { withKeyOf: providerOf(task) } : {}),
    maxBytes: task.attachmentLimitBytes,
    signal: deps.signals.polls,
  });
  if (fetched.kind !== 'saved') return withoutFile(deps, task, stage, url, fetched);
  deps.downloads.add(task.id);
  return { task, nextAt: deps.clock.now() };
}

function isShowable({ video }: DeliverDeps, { secrets }: Task, url: string): boolean {
  return secrets.resultNeedsKey !== true && video.isShowable(url);
}

/** Removes the video of a task, if there is one. */
async function discard({ video, downloads }: DeliverDeps, taskId: string): Promise<void> {
  downloads.delete(taskId);
  await video.discard(taskId);
}

async function withoutFile(
  deps: DeliverDeps,
  task: Task,
  stage: Delivering,
  url: string,
  fetched: Exclude<FetchedVideo, { kind: 'saved' }>,
): Promise<StepResult | undefined> {
  deps.log.warn({ taskId: task.id, fetched }, 'result not fetched');
  switch (fetched.kind) {
    case 'too-large':
      return asLink(deps, task, { ...stage, linkReason: 'too-large' }, fetched.bytes);
    case 'forbidden':
      // A host name that resolves to a private address is not shown either.
      return endAsLost(
        deps,
        task,
        stage,
        'forbidden',
        fetched.reason !== 'private-address' && isShowable(deps, task, url),
      );
    case 'gone':
    case 'not-mp4':
    case 'too-many-redirects':
      return endAsLost(deps, task, stage, fetched.kind, isShowable(deps, task, url));
    case 'try-again':
      return retryLater(deps, task, stage, fetched.retryAfterMs);
  }
}

async function post(
  deps: DeliverDeps,
  task: Task,
  stage: Delivering,
  outcome: Outcome,
  file?: OutgoingFile,
): Promise<StepResult | undefined> {
  const { task: current, reach } = await reachFinally(deps, task, outcome, file);
  switch (reach.kind) {
    case 'done':
      await endTask(deps, current, outcome, true);
      if (file !== undefined) await deps.clips.delivered(current);
      else if (stage.linkReason === 'too-large') makeSmaller(deps, current, stage.resultBytes);
      await discard(deps, task.id);
      return undefined;
    case 'too-large':
    case 'file-missing':
    case 'malformed':
      return withoutUpload(deps, current, stage, reach);
    case 'try-again':
      deps.log.warn({ taskId: task.id, detail: reach.detail }, 'video not posted yet');
      return retryLater(deps, current, stage, reach.afterMs, reach.isRefusal);
    case 'lost':
      if (task.restored === true) return endWithoutMessage(deps, current);
      deps.log.error({ taskId: task.id }, 'no way left to the channel of a finished video');
      await endTask(deps, current, { kind: 'undeliverable' }, false);
      await discard(deps, task.id);
      return undefined;
  }
}

/**
 * Ends a task of a restored store whose message is gone, because its video may have been posted in
 * another message.
 */
async function endWithoutMessage(deps: DeliverDeps, task: Task): Promise<undefined> {
  deps.log.warn({ taskId: task.id }, 'message gone in a restored store: no new one is posted');
  await endTask(deps, task, { kind: 'delivered', how: 'message-gone' }, false);
  await discard(deps, task.id);
  return undefined;
}

/** Handles a file that Discord rejected or does not show. The fallbacks are never undone. */
async function withoutUpload(
  deps: DeliverDeps,
  task: Task,
  stage: Delivering,
  reach: FileRefusal,
): Promise<StepResult> {
  const linkReason = linkReasonOf(reach);
  deps.log.warn({ taskId: task.id, why: linkReason }, 'file not shown by Discord');
  // A message without a file gets this answer only temporarily, so it is retried later.
  if (stage.asLink) return retryLater(deps, task, stage, undefined);
  const linked: Delivering = { ...stage, linkReason };
  if (reach.kind === 'malformed') {
    return asLink(deps, task, { ...linked, isTextAlone: true }, undefined);
  }
  const uploadsUnseen = (stage.uploadsUnseen ?? 0) + 1;
  return reach.kind === 'file-missing' && uploadsUnseen < UPLOAD_TRIES
    ? retryLater(deps, task, { ...stage, uploadsUnseen }, undefined)
    : asLink(deps, task, linked, undefined);
}

function linkReasonOf(reach: FileRefusal): LinkReason {
  if (reach.kind === 'too-large') return reach.why;
  return reach.kind === 'file-missing' ? 'not-shown' : 'refused';
}

function linkOutcome({ resultUntil: until, linkReason }: Delivering): Outcome {
  const why = linkReason === undefined ? {} : { why: linkReason };
  return { kind: 'delivered', how: 'link', until, ...why };
}

/**
 * Switches to delivery as a link, stored on the task, so that a restart does not upload again what
 * Discord rejected.
 */
async function asLink(
  deps: DeliverDeps,
  task: Task,
  stage: Delivering,
  bytes: number | undefined,
): Promise<StepResult> {
  const next = await advance(deps, task, {
    ...stage,
    asLink: true,
    ...(bytes === undefined ? {} : { resultBytes: bytes }),
  });
  await discard(deps, task.id);
  return { task: next, nextAt: deps.clock.now() };
}

async function retryLater(
  deps: DeliverDeps,
  task: Task,
  stage: Delivering,
  retryAfterMs: number | undefined,
  isRefusal = false,
): Promise<StepResult> {
  const now = deps.clock.now();
  const wait = backoffMs(deps.policy.deliveryBackoff, stage.attempts, deps.random);
  const nextAt = now + Math.max(wait, retryAfterMs ?? 0);
  if (now >= stage.resultUntil) return endAsLost(deps, task, stage, 'expired', false);
  const next = await advance(deps, task, { ...stage, attempts: stage.attempts + 1 });
  // Discord would refuse an edit as well.
  if (!isRefusal) deps.progress.show({ task: next });
  // The last attempt is made before the address expires.
  return { task: next, nextAt: Math.min(nextAt, stage.resultUntil) };
}

async function endAsLost(
  deps: DeliverDeps,
  task: Task,
  stage: Delivering,
  why: ResultLoss,
  showAddress: boolean,
): Promise<StepResult> {
  const { stage: notifying, nextAt } = endWith(
    { kind: 'result-lost', why, showAddress },
    deps.clock.now(),
    stage.providerTaskId,
  );
  const next = await advance(deps, task, notifying);
  await discard(deps, task.id);
  return { task: next, nextAt };
}
