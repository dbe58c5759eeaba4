import { billedReferences } from '../../domain/ledger/reference-seconds.ts';
import type { Measured } from '../../domain/ledger/measured.ts';
import { measuredSum } from '../../domain/ledger/settlement.ts';
import type { Submission, SubmittedMedia } from '../../domain/routes/submission.ts';
import { quoteOf } from '../../domain/tasks/plan.ts';
import { submissionOf } from '../../domain/tasks/task-request.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { routeOf } from '../worker-deps.ts';
import type { WorkerDeps } from '../worker-deps.ts';

export type MeasureDeps = Pick<WorkerDeps, 'catalogue' | 'lengths' | 'signals' | 'log'>;

/**
 * Reads the lengths of reference videos from their files, if money depends on them and they were not
 * read before. `undefined` if there is nothing to record: the next poll tries again what could not be
 * had this time.
 */
export async function measureReferences(
  deps: MeasureDeps,
  task: Task,
): Promise<Measured | undefined> {
  const quote = quoteOf(task);
  if (quote.kind === 'unknown' || quote.hasUnknownLength !== true) return undefined;
  if (task.measured !== undefined) return undefined;
  const route = routeOf(deps, task);
  const submission = route === undefined ? undefined : submissionOf(task, route);
  if (route === undefined || submission === undefined) return undefined;
  const billed = billedReferences(route, quote.price.per, submission.media);
  const lengths = await readLengths(deps, billed);
  if (lengths === undefined) return undefined;
  const measured = measuredSum(quote, route, withLengths(submission, lengths));
  deps.log.info({ taskId: task.id, lengths: measured.kind }, 'reference videos measured');
  return measured;
}

/** The known lengths in seconds; `undefined` if one could not be had for now. */
async function readLengths(
  { lengths, signals }: MeasureDeps,
  videos: Submission['media'],
): Promise<ReadonlyMap<SubmittedMedia, number> | undefined> {
  const read = await Promise.all(
    videos
      // What lies in a library has no address to read it from.
      .filter(({ seconds, asset }) => seconds === undefined && asset === undefined)
      .map(async (video) => ({ video, length: await lengths.lengthOf(video, signals.polls) })),
  );
  if (read.some(({ length }) => length.kind === 'try-again')) return undefined;
  return new Map(
    read.flatMap(({ video, length }) => (length.kind === 'read' ? [[video, length.seconds]] : [])),
  );
}

function withLengths(
  submission: Submission,
  lengths: ReadonlyMap<SubmittedMedia, number>,
): Submission {
  return {
    ...submission,
    media: submission.media.map((one) => {
      const seconds = lengths.get(one);
      return seconds === undefined ? one : { ...one, seconds };
    }),
  };
}
