import { currentRoute } from '../../domain/tasks/plan.ts';
import type { OutgoingFile } from '../../app/ports/message-port.ts';
import type { FetchedVideo } from '../../app/ports/video-port.ts';
import type { LinkReason, Outcome, ResultLoss } from '../../domain/tasks/outcome.ts';
import { backoffMs } from '../../domain/tasks/policy.ts';
import type { StageOf, Task } from '../../domain/tasks/task.ts';
import { endWith } from '../../domain/tasks/transitions.ts';
import { endTask, reachFinally } from './notify-step.ts';
import type { NotifyDeps } from './notify-step.ts';
import { UPLOAD_TRIES } from './reach-message.ts';
import type { FileRefusal } from './reach-message.ts';
import { advance } from './advance.ts';
import type { StepResult, WorkerDeps } from '../worker-deps.ts';

type DeliverDeps = NotifyDeps & Pick<WorkerDeps, 'video'>;

type Delivering = StageOf<'delivering'>;

/**
 * Brings a finished video to the message: fetched to a file, uploaded from it, or, where it is too
 * large, as its address. Faults that pass are outwaited until the address expires.
 */
export async function deliverStep(
  deps: DeliverDeps,
  task: Task,
  stage: Delivering,
): Promise<StepResult | undefined> {
  const url = task.secrets.resultUrl;
  if (url === undefined) return lose(deps, task, stage, 'no-address', false);
  if (stage.asLink) {
    return post(deps, task, stage, linkOutcome(stage));
  }
  const fetched = await deps.video.fetch({
    taskId: task.id,
    url,
    maxBytes: task.attachmentLimitBytes,
    signal: deps.signals.polls,
  });
  if (fetched.kind !== 'saved') return withoutFile(deps, task, stage, url, fetched);
  const file = { path: fetched.path, name: fileName(task) };
  const codec = fetched.codec === undefined ? {} : { codec: fetched.codec };
  return post(deps, task, stage, { kind: 'delivered', how: 'attachment', ...codec }, file);
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
      // A name that leads to a private address is not shown either.
      return lose(
        deps,
        task,
        stage,
        'forbidden',
        fetched.reason !== 'private-address' && deps.video.isShowable(url),
      );
    case 'gone':
    case 'not-mp4':
    case 'too-many-redirects':
      return lose(deps, task, stage, fetched.kind, deps.video.isShowable(url));
    case 'try-again':
      return again(deps, task, stage, fetched.retryAfterMs);
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
      await deps.video.discard(task.id);
      return undefined;
    case 'too-large':
    case 'file-missing':
    case 'malformed':
      return withoutUpload(deps, current, stage, reach);
    case 'try-again':
      deps.log.warn({ taskId: task.id, detail: reach.detail }, 'video not posted yet');
      return again(deps, current, stage, reach.afterMs, reach.isRefusal);
    case 'lost':
      if (task.restored === true) return endWithoutMessage(deps, current);
      deps.log.error({ taskId: task.id }, 'no way left to the channel of a finished video');
      await endTask(deps, current, { kind: 'undeliverable' }, false);
      await deps.video.discard(task.id);
      return undefined;
  }
}

/** The copy's message may be gone because its video was brought by another one. */
async function endWithoutMessage(deps: DeliverDeps, task: Task): Promise<undefined> {
  deps.log.warn({ taskId: task.id }, 'message gone in a restored store: no new one is posted');
  await endTask(deps, task, { kind: 'delivered', how: 'message-gone' }, false);
  await deps.video.discard(task.id);
  return undefined;
}

/** Discord did not take the file, or does not show it; the way down from there leads never back. */
async function withoutUpload(
  deps: DeliverDeps,
  task: Task,
  stage: Delivering,
  reach: FileRefusal,
): Promise<StepResult> {
  const linkReason = linkReasonOf(reach);
  deps.log.warn({ taskId: task.id, why: linkReason }, 'file not shown by Discord');
  // Of a text alone that is no answer to act on at once.
  if (stage.asLink) return again(deps, task, stage, undefined);
  const linked: Delivering = { ...stage, linkReason };
  if (reach.kind === 'malformed') {
    return asLink(deps, task, { ...linked, isTextAlone: true }, undefined);
  }
  const uploadsUnseen = (stage.uploadsUnseen ?? 0) + 1;
  return reach.kind === 'file-missing' && uploadsUnseen < UPLOAD_TRIES
    ? again(deps, task, { ...stage, uploadsUnseen }, undefined)
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

/** Kept on the task, so that a restart does not upload again what Discord refused. */
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
  await deps.video.discard(task.id);
  return { task: next, nextAt: deps.clock.now() };
}

async function again(
  deps: DeliverDeps,
  task: Task,
  stage: Delivering,
  askedMs: number | undefined,
  isRefusal = false,
): Promise<StepResult> {
  const now = deps.clock.now();
  const wait = backoffMs(deps.policy.deliveryBackoff, stage.attempts, deps.random);
  const nextAt = now + Math.max(wait, askedMs ?? 0);
  if (now >= stage.resultUntil) return lose(deps, task, stage, 'expired', false);
  const next = await advance(deps, task, { ...stage, attempts: stage.attempts + 1 });
  // An edit would be refused as well.
  if (!isRefusal) deps.progress.show({ task: next });
  // A last try before the address expires.
  return { task: next, nextAt: Math.min(nextAt, stage.resultUntil) };
}

async function lose(
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
  await deps.video.discard(task.id);
  return { task: next, nextAt };
}

/** From the route and the task's number alone: nothing from outside reaches a path. */
function fileName(task: Task): string {
  const model = (currentRoute(task).route.split('/')[1] ?? 'video').replaceAll(/[^a-z0-9]+/gi, '-');
  return `clapper-${model}-${task.id.slice(-6)}.mp4`;
}
