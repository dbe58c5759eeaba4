import type { GivenSubmission } from '../../app/ports/provider-port.ts';
import type { CreateOutcome } from '../../domain/tasks/provider-answer.ts';
import { otherModelOf, withAnswer, withAttempt } from '../../domain/tasks/attempt.ts';
import { currentRoute, providerOf } from '../../domain/tasks/plan.ts';
import { isByLibrary, libraryOf, withAssets } from '../../domain/tasks/task-assets.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { Submission } from '../../domain/routes/submission.ts';
import { routeRemoval } from '../../domain/tasks/route-removal.ts';
import { submissionOf } from '../../domain/tasks/task-request.ts';
import type { StageOf, Task } from '../../domain/tasks/task.ts';
import { attemptsKnown } from '../../domain/tasks/restored.ts';
import {
  afterCreate,
  afterUnloggedAttempt,
  countsOf,
  endWith,
} from '../../domain/tasks/transitions.ts';
import { advance, advanceUntilWritten } from './advance.ts';
import { leaveBusy, leavePaused, switchAfter } from './switch-route.ts';
import { copyBytesOf, withCopies } from './with-copies.ts';
import type { Sending, WithCopiesDeps } from './with-copies.ts';
import { pauseOnAccountRefusal } from './pause-on-refusal.ts';
import { logWrongAddress } from '../log-wrong-address.ts';
import { untilLost } from './late-create.ts';
import type { LateCreateDeps } from './late-create.ts';
import type { TenureDeps } from '../tenure-deps.ts';
import { momentOf, providerFor, routeOf, routeStateOf } from '../worker-deps.ts';
import type { StepResult } from '../worker-deps.ts';

type SubmitDeps = WithCopiesDeps &
  LateCreateDeps &
  Pick<
    TenureDeps,
    | 'assets'
    | 'mayLackRoutes'
    | 'providers'
    | 'pauses'
    | 'queues'
    | 'progress'
    | 'attempts'
    | 'nextRoute'
    | 'maySend'
  >;

/** A task whose copies have no room yet tries again after this, in milliseconds. */
const COPY_ROOM_WAIT_MS = 1000;

/** One whose place became another process's before its step came to it, in milliseconds. */
const PLACE_WAIT_MS = 50;

/**
 * Sends a queued task to its provider, exactly once: the attempt is recorded before the create and
 * its answer after. If the bot is killed in between, the task is never sent again automatically.
 * Resolves with `undefined` if its first record could not be written, so that nothing is left of it.
 */
export async function submitStep(
  deps: SubmitDeps,
  task: Task,
  queued: StageOf<'queued'>,
): Promise<StepResult | undefined> {
  const now = deps.clock.now();
  const provider = providerFor(deps, task);
  const route = routeOf(deps, task);
  if (provider === undefined || route === undefined) {
    return end(deps, task, routeRemoval(task, routeStateOf(deps, task)).kind);
  }
  const asked = submissionOf(task, route);
  if (asked === undefined) return end(deps, task, 'prompt-unreadable');
  // After a long stop, for example: its media addresses may have expired, and the caller has
  // stopped waiting.
  if (now >= task.acceptedAt + deps.policy.taskTimeoutMs) return end(deps, task, 'queue-expired');
  const name = providerOf(task);
  const waiting = await whileClosed(deps, task, queued);
  if (waiting !== undefined) return waiting;

  const submission = await withMediaInPlace(deps, task, route, asked);
  if (submission === undefined) return backToPreparing(deps, task, queued);
  const endCopies = deps.queues.takeCopyRoom(name, {
    taskId: task.id,
    bytes: copyBytesOf(submission),
  });
  if (endCopies === undefined) return { task, nextAt: now + COPY_ROOM_WAIT_MS };
  const endCreate = deps.queues.startCreate(name);
  if (endCreate === undefined) {
    endCopies();
    return { task, nextAt: deps.clock.now() + PLACE_WAIT_MS };
  }
  try {
    const sending = { queued, provider, submission };
    const given = await withCopies(deps, task, sending);
    if (given.kind === 'waits') return given.result;
    provider.prepare?.();
    return await send(deps, task, { ...sending, submission: given.submission });
  } finally {
    endCreate();
    endCopies();
  }
}

/** What a task does while its provider is paused or busy; `undefined` while it is neither. */
async function whileClosed(
  deps: SubmitDeps,
  task: Task,
  queued: StageOf<'queued'>,
): Promise<StepResult | undefined> {
  const name = providerOf(task);
  const pausedUntil = deps.pauses.until(name);
  if (pausedUntil !== undefined) {
    return (await leavePaused(deps, task, queued)) ?? waitOrGiveUp(deps, task, pausedUntil);
  }
  // Another task was answered "busy": this one waits too, without its own create.
  const blockedUntil = deps.queues.blockedUntil(name);
  if (blockedUntil === undefined) return undefined;
  return (await leaveBusy(deps, task, queued)) ?? { task, nextAt: blockedUntil };
}

/**
 * The submission as it is sent; `undefined` if its media do not lie in the library that they need, or
 * were brought into one that is off now: the route may not take their addresses.
 */
async function withMediaInPlace(
  { assets }: SubmitDeps,
  task: Task,
  route: Route,
  submission: Submission,
): Promise<Submission | undefined> {
  const library = libraryOf(route);
  const needed = submission.media.filter((medium) => isByLibrary(route, medium)).length;
  const { assets: keys = [] } = task;
  if (library === undefined) return keys.length + needed === 0 ? submission : undefined;
  if (needed === 0) return submission;
  if (keys.length < needed) return undefined;
  const ids = await assets.ids(library, keys);
  return ids && withAssets(submission, route, ids);
}

/** An asset is not usable any more, or its library was switched on or off meanwhile. */
async function backToPreparing(
  deps: SubmitDeps,
  task: Task,
  queued: StageOf<'queued'>,
): Promise<StepResult> {
  const since = deps.clock.now();
  const stage = { name: 'preparing', since, sent: countsOf(queued) } as const;
  return { task: await advance(deps, task, stage), nextAt: since };
}

/** The server may be another process's by now. The attempt has a line, so it counts. */
const NO_LONGER_OURS: CreateOutcome = { kind: 'not-sent', detail: 'its server may be lost' };

/** A task whose copies are given. */
type Given = Omit<Sending, 'submission'> & { readonly submission: GivenSubmission };

/** Records the attempt, sends the create and records its answer. */
async function send(
  deps: SubmitDeps,
  task: Task,
  { queued, provider, submission }: Given,
): Promise<StepResult | undefined> {
  const name = providerOf(task);
  const now = deps.clock.now();
  const counts = countsOf(queued);
  const submitting: StageOf<'submitting'> = { name: 'submitting', ...counts, since: now };
  const attempts = withAttempt(task, now);
  const sending = await writeSubmitting(deps, task, submitting, attempts);
  if (sending === undefined) return undefined;
  deps.queues.leave(name, task.id);
  deps.progress.show({ task: sending });
  if (!(await isLogged(deps, task, submitting))) {
    const { stage, nextAt } = afterUnloggedAttempt(submitting, momentOf(deps, task));
    // The attempt was not made.
    const { attempts: before } = task;
    const waiting = await advanceUntilWritten(deps, sending, stage, { attempts: before });
    return { task: waiting, nextAt };
  }
  const create = deps.maySend()
    ? provider.create(submission, deps.signals.sends)
    : Promise.resolve(NO_LONGER_OURS);
  return untilLost(deps, sending, create, async (answer) =>
    record(deps, { task, sending, submitting, attempts, sentAt: now }, answer),
  );
}

interface Sent {
  /** As it was before its attempt was recorded. */
  readonly task: Task;
  readonly sending: Task;
  readonly submitting: StageOf<'submitting'>;
  readonly attempts: Task['attempts'];
  readonly sentAt: number;
}

/** Records the answer to a create. */
async function record(
  deps: SubmitDeps,
  { task, sending, submitting, attempts, sentAt }: Sent,
  answer: CreateOutcome,
): Promise<StepResult> {
  const name = providerOf(task);
  logAnswer(deps, task, answer);
  const transition = afterCreate(submitting, answer, momentOf(deps, task));
  if (answer.kind === 'busy') {
    // By its own words, also where this task does not wait for so long.
    const { retryAfterMs } = answer;
    const until = retryAfterMs === undefined ? transition.nextAt : sentAt + retryAfterMs;
    deps.queues.recordBusy(name, until);
  }
  if (isFromOpenProvider(answer)) deps.queues.recordNotBusy(name);
  const answered = withAnswer(attempts, answer);
  const switched = await switchAfter(deps, { ...sending, attempts: answered }, submitting, answer);
  const { stage, nextAt } = switched ?? transition;
  const update = { attempts: answered, onto: switched?.onto };
  const next = await advanceUntilWritten(deps, sending, stage, update);
  // After the answer is written: a crash before would hold a charge that was certainly refused.
  if (answer.kind === 'refused' || answer.kind === 'assets-unready') {
    await doubtAssets(deps, task);
  }
  if (switched !== undefined) deps.assets.release(task);
  notifyOfOtherModel(deps, next);
  return { task: next, nextAt };
}

/** Whether the provider took the request up, whatever it said of it. */
function isFromOpenProvider({ kind }: CreateOutcome): boolean {
  return kind !== 'busy' && kind !== 'not-sent' && kind !== 'wrong-address';
}

/** Tells the admins, without waiting, that the answer named another model; the message says it too. */
function notifyOfOtherModel({ after, log }: SubmitDeps, task: Task): void {
  const named = otherModelOf(task);
  if (named === undefined) return;
  log.warn(
    { taskId: task.id, route: currentRoute(task).route, named },
    'create names another model',
  );
  void after.notices.otherModel(task, named);
}

/**
 * Retried until written: if a failed write had taken effect, a restart would assume an interrupted
 * create. A first record is written once and `undefined` if that fails: the failure was read back,
 * and the task has not begun.
 */
async function writeSubmitting(
  deps: SubmitDeps,
  task: Task,
  submitting: StageOf<'submitting'>,
  attempts: Task['attempts'],
): Promise<Task | undefined> {
  if (!deps.store.isHeldBack(task.id)) {
    return advanceUntilWritten(deps, task, submitting, { attempts });
  }
  try {
    return await advance(deps, task, submitting, { attempts });
  } catch (cause) {
    deps.log.error({ err: cause, taskId: task.id }, 'task could not be written');
    return undefined;
  }
}

/**
 * Writes the line of the attempt and resolves with whether it is on disk. It follows the record, so
 * a line that the record lacks reveals an older copy of the store, never an ordinary crash.
 */
async function isLogged(
  { attempts, clock, log }: SubmitDeps,
  { id: taskId }: Task,
  submitting: StageOf<'submitting'>,
): Promise<boolean> {
  try {
    await attempts.attempt({ taskId, number: attemptsKnown(submitting) ?? 1, at: clock.now() });
    return true;
  } catch (cause) {
    log.error({ err: cause, taskId }, 'no line of the attempt could be written: not sent');
    return false;
  }
}

/** The provider may not know its assets any more. A failure costs the next task a refusal. */
async function doubtAssets({ assets, log }: SubmitDeps, task: Task): Promise<void> {
  try {
    await assets.doubt(task.assets ?? []);
  } catch (cause) {
    log.warn({ err: cause, taskId: task.id }, 'assets of a refused task not marked');
  }
}

function logAnswer(deps: SubmitDeps, task: Task, answer: CreateOutcome): void {
  deps.log.info(
    {
      taskId: task.id,
      route: currentRoute(task).route,
      answer: answer.kind,
      ...('detail' in answer ? { detail: answer.detail } : {}),
      // Without the provider's message, which may quote the prompt.
      ...('refusal' in answer
        ? { category: answer.refusal.category, code: answer.refusal.code }
        : {}),
    },
    'create answered',
  );
  if (answer.kind === 'wrong-address') logWrongAddress(deps, task, answer.detail);
  if (answer.kind === 'refused') void pauseOnAccountRefusal(deps, task, answer.refusal.category);
}

async function end(
  deps: SubmitDeps,
  task: Task,
  kind:
    | ReturnType<typeof routeRemoval>['kind']
    | 'prompt-unreadable'
    | 'provider-paused'
    | 'queue-expired',
): Promise<StepResult> {
  const { stage, nextAt } = endWith({ kind }, deps.clock.now());
  return { task: await advance(deps, task, stage), nextAt };
}

/** Waits for a paused provider, but not beyond the deadline of the task. */
async function waitOrGiveUp(deps: SubmitDeps, task: Task, until: number): Promise<StepResult> {
  if (until >= task.acceptedAt + deps.policy.taskTimeoutMs) {
    return end(deps, task, 'provider-paused');
  }
  return { task, nextAt: until };
}
