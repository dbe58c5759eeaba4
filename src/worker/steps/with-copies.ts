import type { GivenSubmission, ProviderPort } from '../../app/ports/provider-port.ts';
import type { Submission } from '../../domain/routes/submission.ts';
import type { StageOf, Task } from '../../domain/tasks/task.ts';
import { afterCreate, countsOf, endWith } from '../../domain/tasks/transitions.ts';
import { currentRoute } from '../../domain/tasks/plan.ts';
import type { CreateOutcome } from '../../domain/tasks/provider-answer.ts';
import { momentOf } from '../worker-deps.ts';
import type { MomentDeps, StepResult, WorkerDeps } from '../worker-deps.ts';
import { switchAfter } from './switch-route.ts';
import { advance } from './advance.ts';
import { isWritten } from './is-written.ts';
import type { UntilWrittenDeps } from './advance.ts';

export type WithCopiesDeps = UntilWrittenDeps & MomentDeps & Pick<WorkerDeps, 'nextRoute'>;

/** A task that is about to be sent. */
export interface Sending {
  readonly queued: StageOf<'queued'>;
  readonly provider: ProviderPort;
  readonly submission: Submission;
}

type WithCopies =
  | { readonly kind: 'given'; readonly submission: GivenSubmission }
  /** It is not sent now. Without a result nothing of the task is left. */
  | { readonly kind: 'waits'; readonly result: StepResult | undefined };

/** So often a medium that may be there later is waited for, before it counts as gone. */
const NOT_NOW_TRIES = 4;
const NOT_NOW = { kind: 'not-sent', detail: 'a copy cannot be had now' } as const;

/**
 * Puts the bot's copies of media into a submission, and files of which the provider takes no address. Uploads reach the provider, so the task's first
 * record is written before them; the task stays queued meanwhile, and after a crash they are made
 * again. One that fails counts as not sent.
 */
export async function withCopies(
  deps: WithCopiesDeps,
  task: Task,
  { queued, provider, submission }: Sending,
): Promise<WithCopies> {
  const hasCopies = submission.media.some(({ copy, file }) => (copy ?? file) !== undefined);
  if (!hasCopies) return { kind: 'given', submission };
  if (!(await isWritten(deps, task))) return { kind: 'waits', result: undefined };
  const given = await provider.giveCopies(submission, deps.signals.sends);
  if (given.kind === 'given') return given;
  deps.log.warn({ taskId: task.id, given }, 'copies of media not given');
  const now = deps.clock.now();
  const stage = { name: 'submitting', ...countsOf(queued), since: now } as const;
  if (given.kind === 'gone' || (given.kind === 'not-now' && queued.notSent >= NOT_NOW_TRIES)) {
    const gone = endWith({ kind: 'media-gone' }, now);
    const ended = await advance(deps, task, gone.stage);
    return { kind: 'waits', result: { task: ended, nextAt: gone.nextAt } };
  }
  const answer = given.kind === 'not-now' ? NOT_NOW : given;
  const switched = await switchAfter(deps, withUploads(task, queued, answer.kind), stage, answer);
  const next = switched ?? afterCreate(stage, answer, momentOf(deps, task));
  const waiting = await advance(deps, task, next.stage, { onto: switched?.onto });
  return { kind: 'waits', result: { task: waiting, nextAt: next.nextAt } };
}

/** The task as if its uploads were attempts: they decide about its next route as creates do. */
function withUploads(
  task: Task,
  { notSent }: StageOf<'queued'>,
  outcome: CreateOutcome['kind'],
): Task {
  const { route } = currentRoute(task);
  const times = outcome === 'not-sent' ? notSent + 1 : 1;
  const uploads = Array.from({ length: times }, () => ({ route, at: task.acceptedAt, outcome }));
  return { ...task, attempts: [...task.attempts, ...uploads] };
}

/** What the copies of a submission take together, in bytes. */
export function copyBytesOf({ media }: Submission): number {
  return media.reduce((sum, { copy, file }) => sum + ((copy ?? file)?.bytes ?? 0), 0);
}
