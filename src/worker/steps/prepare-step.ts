import type { AssetProgress, TaskMedium } from '../../app/ports/task-assets-port.ts';
import { USABLE_WITHIN_MS } from '../../domain/library/asset-timing.ts';
import type { AssetFault } from '../../domain/library/asset.ts';
import { givenMedia } from '../../domain/routes/given-media.ts';
import { providerOf } from '../../domain/tasks/plan.ts';
import { isByLibrary, libraryOf } from '../../domain/tasks/task-assets.ts';
import { submissionOf } from '../../domain/tasks/task-request.ts';
import type { Outcome, UnusableReason } from '../../domain/tasks/outcome.ts';
import { routeRemoval } from '../../domain/tasks/route-removal.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { StageOf, Task } from '../../domain/tasks/task.ts';
import { endWith } from '../../domain/tasks/transitions.ts';
import { providerFor, routeOf, routeStateOf } from '../worker-deps.ts';
import type { StepResult, WorkerDeps } from '../worker-deps.ts';
import { advance } from './advance.ts';
import { isWritten } from './is-written.ts';
import { leavePaused } from './switch-route.ts';
import { pauseOnAccountRefusal } from './pause-on-refusal.ts';

type Preparing = StageOf<'preparing'>;

/**
 * Brings the media of a task into its provider's library, a step at a time: first their content is
 * identified and the use of each recorded, then each is uploaded and checked until all are usable.
 * No step waits for a provider, so the task can be cancelled at any moment. Resolves with `undefined`
 * if its first record could not be written, so that nothing is left of it.
 */
export async function prepareStep(
  deps: WorkerDeps,
  task: Task,
  stage: Preparing,
): Promise<StepResult | undefined> {
  const now = deps.clock.now();
  const route = routeOf(deps, task);
  if (route === undefined || providerFor(deps, task) === undefined) {
    return end(deps, task, routeRemoval(task, routeStateOf(deps, task)));
  }
  const media = mediaFor(task, route);
  if (media === undefined) return end(deps, task, { kind: 'prompt-unreadable' });
  if (now >= task.acceptedAt + deps.policy.taskTimeoutMs) {
    return end(deps, task, { kind: 'queue-expired' });
  }
  const library = libraryOf(route);
  if (library === undefined || !deps.assets.isOn(library)) {
    return endUnusable(deps, task, media[0], { why: 'off' });
  }
  const pausedUntil = deps.pauses.until(providerOf(task));
  if (pausedUntil !== undefined) {
    return (await leavePaused(deps, task, sentOf(stage))) ?? { task, nextAt: pausedUntil };
  }
  if (!(await isWritten(deps, task))) return undefined;
  const known = task.assets ?? [];
  const unknown = media[known.length];
  return unknown === undefined
    ? bring(deps, task, { stage, library, media })
    : identify(deps, task, { stage, library, medium: unknown });
}

/** The media of a task that go by a library, in the order in which they are sent; `undefined` if it cannot be read. */
function mediaFor(task: Task, route: Route): TaskMedium[] | undefined {
  const { request } = task.secrets;
  const submission = submissionOf(task, route);
  if (request === undefined || submission === undefined) return undefined;
  const given = givenMedia(request);
  return submission.media.flatMap((medium, index) => {
    const from = given[index];
    return from === undefined || !isByLibrary(route, medium)
      ? []
      : [{ option: from.option, kind: from.kind, medium }];
  });
}

async function identify(
  deps: WorkerDeps,
  task: Task,
  {
    stage,
    library,
    medium,
  }: { readonly stage: Preparing; readonly library: string; readonly medium: TaskMedium },
): Promise<StepResult> {
  const found = await deps.assets.identify(task, library, medium);
  if (found.kind === 'gone') return endGone(deps, task, medium);
  if (found.kind === 'waits') return { task, nextAt: found.untilMs };
  const next: Task = { ...task, assets: [...(task.assets ?? []), found.key] };
  return { task: await advance(deps, next, stage), nextAt: deps.clock.now() };
}

async function bring(
  deps: WorkerDeps,
  task: Task,
  {
    stage,
    library,
    media,
  }: {
    readonly stage: Preparing;
    readonly library: string;
    readonly media: readonly TaskMedium[];
  },
): Promise<StepResult> {
  const waiting: Waiting[] = [];
  const isLate = deps.clock.now() >= stage.since + USABLE_WITHIN_MS;
  for (const [index, medium] of media.entries()) {
    const key = task.assets?.[index] ?? '';
    const progress = await deps.assets.progress(task, library, key, { medium, isLate });
    switch (progress.kind) {
      case 'ready':
        break;
      case 'unusable':
        void pauseOnAccountRefusal(deps, task, progress.fault.category);
        return endUnusable(deps, task, medium, progress.fault);
      case 'unanswered':
        return endUnusable(deps, task, medium, { why: 'unanswered' });
      case 'gone':
        return endGone(deps, task, medium);
      case 'unknown':
        return identifyAnew(deps, task, stage);
      case 'waits':
        waiting.push({ medium, progress });
    }
  }
  if (waiting.length === 0) return queue(deps, task, stage);
  return waitFor(deps, task, { isLate, waiting });
}

/** A medium that is not usable yet. */
interface Waiting {
  readonly medium: TaskMedium;
  readonly progress: Extract<AssetProgress, { kind: 'waits' }>;
}

async function waitFor(
  deps: WorkerDeps,
  task: Task,
  { isLate, waiting }: { readonly isLate: boolean; readonly waiting: readonly Waiting[] },
): Promise<StepResult> {
  // After a stop it is checked once more before it is given up.
  const late = isLate ? waiting.find(({ progress }) => !progress.isAsking) : undefined;
  if (late !== undefined) return endUnusable(deps, task, late.medium, { why: 'too-slow' });
  return { task, nextAt: Math.min(...waiting.map(({ progress }) => progress.untilMs)) };
}

/** The record of an asset was lost, or damaged and quarantined. */
async function identifyAnew(deps: WorkerDeps, task: Task, stage: Preparing): Promise<StepResult> {
  const next: Task = { ...task, assets: [] };
  return { task: await advance(deps, next, stage), nextAt: deps.clock.now() };
}

/** The attempts so far. */
function sentOf({ sent }: Preparing): NonNullable<Preparing['sent']> {
  return sent ?? { creates: 0, notSent: 0 };
}

/** All its media are usable. */
async function queue(deps: WorkerDeps, task: Task, stage: Preparing): Promise<StepResult> {
  const now = deps.clock.now();
  const queued = { name: 'queued', ...sentOf(stage), notBefore: now } as const;
  return { task: await advance(deps, task, queued), nextAt: now };
}

async function endGone(deps: WorkerDeps, task: Task, { option }: TaskMedium): Promise<StepResult> {
  return end(deps, task, { kind: 'media-gone', option });
}

async function endUnusable(
  deps: WorkerDeps,
  task: Task,
  medium: TaskMedium | undefined,
  { why, category, code }: Partial<Omit<AssetFault, 'why'>> & { readonly why: UnusableReason },
): Promise<StepResult> {
  return end(deps, task, {
    kind: 'media-unusable',
    option: medium?.option ?? 'image1',
    why,
    ...(category === undefined ? {} : { category }),
    ...(code === undefined ? {} : { code }),
  });
}

async function end(deps: WorkerDeps, task: Task, outcome: Outcome): Promise<StepResult> {
  deps.log.info({ taskId: task.id, outcome: outcome.kind }, 'media of a task not prepared');
  const { stage, nextAt } = endWith(outcome, deps.clock.now());
  return { task: await advance(deps, task, stage), nextAt };
}
