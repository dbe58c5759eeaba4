import type { ActiveTasks } from '../app/ports/active-tasks-port.ts';
import type { AttemptLog } from '../app/ports/attempt-log-port.ts';
import type { LateAnswers } from '../app/ports/late-answers-port.ts';
import type { LateEdits } from '../app/ports/late-edits-port.ts';
import type { NextRoute } from '../app/ports/next-route-port.ts';
import type { MessagePort } from '../app/ports/message-port.ts';
import type { Ownership } from '../app/ports/ownership-port.ts';
import type { DeliveredClips } from '../app/ports/delivered-clips-port.ts';
import type { Clock, DraftingTaskStore, Log } from '../app/ports/core.ts';
import type { ProviderPauses } from '../app/ports/provider-pauses-port.ts';
import type { ProviderPort } from '../app/ports/provider-port.ts';
import type { ReferenceLengths } from '../app/ports/reference-lengths-port.ts';
import type { VideoPort } from '../app/ports/video-port.ts';
import { findProvider, findRoute } from '../domain/routes/catalogue.ts';
import type { TaskAssets } from '../app/ports/task-assets-port.ts';
import type { Catalogue } from '../domain/routes/catalogue.ts';
import type { Route } from '../domain/routes/route.ts';
import { currentRoute, providerOf } from '../domain/tasks/plan.ts';
import type { Task } from '../domain/tasks/task.ts';
import type { TaskPolicy } from '../domain/tasks/policy.ts';
import type { RouteState } from '../domain/tasks/route-state.ts';
import type { Moment } from '../domain/tasks/transitions.ts';
import type { AfterStepDeps } from './steps/after-step.ts';
import type { ProgressEditor } from './progress-editor.ts';
import type { ProviderQueues } from './scheduling/provider-queues.ts';
import type { LiveTaskState } from './live-task-state.ts';
import type { DurationStore } from '../app/ports/duration-port.ts';
import { DAY_MS } from '../domain/time-units.ts';

/**
 * Signals that a stop aborts at different times: polls and downloads immediately, requests that
 * create tasks and uploads at the very end.
 */
interface StopSignals {
  readonly polls: AbortSignal;
  readonly sends: AbortSignal;
}

/** Everything that steps of tasks use. */
export interface WorkerDeps {
  readonly store: DraftingTaskStore;
  readonly attempts: Pick<AttemptLog, 'attempt'>;
  readonly durations: Pick<DurationStore, 'of' | 'recordFinish'>;
  readonly active: ActiveTasks;
  readonly assets: TaskAssets;
  readonly catalogue: Catalogue;
  /** Whether other processes on the store may know routes that this one does not. */
  readonly mayLackRoutes: () => boolean;
  readonly nextRoute: NextRoute;
  readonly ownership: Ownership;
  readonly lateAnswers: LateAnswers;
  readonly lateEdits: LateEdits;
  readonly providers: ReadonlyMap<string, ProviderPort>;
  readonly pauses: ProviderPauses;
  readonly queues: ProviderQueues;
  readonly liveState: LiveTaskState;
  readonly messages: MessagePort;
  readonly progress: ProgressEditor;
  readonly after: AfterStepDeps;
  readonly video: VideoPort;
  readonly lengths: ReferenceLengths;
  readonly clips: Pick<DeliveredClips, 'delivered' | 'linked'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly policy: TaskPolicy;
  /** Random numbers in [0, 1). */
  readonly random: () => number;
  readonly signals: StopSignals;
}

/** A task after a step, and when its next step is due, in milliseconds. Ended tasks have none. */
export interface StepResult {
  readonly task: Task;
  readonly nextAt: number;
}

/** The route of the task, if this process knows it. */
export function routeOf(
  { catalogue }: Pick<WorkerDeps, 'catalogue'>,
  task: Task,
): Route | undefined {
  return findRoute(catalogue, currentRoute(task).route);
}

type RouteDeps = Pick<WorkerDeps, 'catalogue' | 'providers' | 'mayLackRoutes'>;

/** What this process has of the task's route. */
export function routeStateOf(deps: RouteDeps, task: Task): RouteState {
  if (!deps.providers.has(providerOf(task))) return 'gone';
  if (routeOf(deps, task) !== undefined) return 'on';
  return deps.mayLackRoutes() ? 'elsewhere' : 'gone';
}

/** The provider that makes a task, if it is on and the task's route is not gone. */
export function providerFor(deps: RouteDeps, task: Task): ProviderPort | undefined {
  return routeStateOf(deps, task) === 'gone' ? undefined : deps.providers.get(providerOf(task));
}

/** The longest time for which any provider keeps a result. */
const MAX_RETENTION_MS = 7 * DAY_MS;

/** How long the result of a task may stay available at most, in milliseconds. */
export function maxResultRetentionMs(deps: WorkerDeps, task: Task): number {
  return resultRetentionMs(deps, task) ?? MAX_RETENTION_MS;
}

/** `undefined` if the provider is no longer known. */
function resultRetentionMs(
  { catalogue }: Pick<WorkerDeps, 'catalogue'>,
  task: Task,
): number | undefined {
  return findProvider(catalogue, providerOf(task))?.resultRetentionMs;
}

/** What `momentOf` reads. */
export type MomentDeps = Pick<
  WorkerDeps,
  'catalogue' | 'clock' | 'policy' | 'durations' | 'random'
>;

export function momentOf(deps: MomentDeps, task: Task): Moment {
  return {
    nowMs: deps.clock.now(),
    acceptedAt: task.acceptedAt,
    resultRetentionMs: resultRetentionMs(deps, task) ?? 0,
    policy: deps.policy,
    durations: deps.durations.of(task),
    random: deps.random,
    isCancelSent: task.cancelSentAt !== undefined,
  };
}
