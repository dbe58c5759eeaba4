import type { DeleteAnswer, ListAnswer } from '../../simulators/providers/answers.ts';
import type { RecordedRequest } from '../../simulators/providers/recorded-request.ts';
import type { SimulatedProviders } from '../../simulators/providers/simulated-providers.ts';
import type { Weighted } from './dice.ts';

/** What becomes of a request for a provider's list of tasks. */
export const LIST_TROUBLES: Weighted<ListAnswer> = [
  [50, { kind: 'ok' }],
  [6, { kind: 'slow', ms: 50 }],
  [10, { kind: 'twice' }],
  [6, { kind: 'late', ms: 60_000 }],
  [4, { kind: 'cut' }],
  [4, { kind: 'rate-limited', retryAfterSeconds: 0 }],
  [4, { kind: 'server-error', status: 503 }],
  [3, { kind: 'not-json' }],
  [3, { kind: 'wrong-shape' }],
];

const RUNS = JSON.stringify({
  error: { code: 'InvalidAction.RunningTaskDeletion', message: 'it runs', type: 'Conflict' },
});

/** What becomes of a request to cancel a task. */
export const DELETE_TROUBLES: Weighted<DeleteAnswer> = [
  [40, { kind: 'ok' }],
  [6, { kind: 'slow', ms: 50 }],
  [8, { kind: 'cut', accepts: true }],
  [6, { kind: 'cut' }],
  [6, { kind: 'server-error', status: 503, accepts: true }],
  [5, { kind: 'server-error', status: 500 }],
  [4, { kind: 'not-json', accepts: true }],
  // It says so, and does nothing.
  [10, { kind: 'raw', status: 200, body: '{}' }],
  [14, { kind: 'raw', status: 409, body: RUNS }],
  [4, { kind: 'refused', reason: 'the chaos does not like it' }],
  [2, { kind: 'rate-limited', retryAfterSeconds: 0 }],
];

/**
 * The answer to a cancel that comes when its task is over: as if that still ran. A provider would delete
 * its record; the bot may ask up to 5 s after it heard that a task is queued, and these are over sooner.
 */
export function refusalOfLate(
  { tasks, knobs }: SimulatedProviders,
  { path, atMs }: RecordedRequest,
): DeleteAnswer | undefined {
  const task = tasks.find(({ id }) => path.endsWith(id));
  const isOver =
    task !== undefined &&
    task.ending === undefined &&
    (task.failure !== undefined || atMs - task.createdMs >= knobs.ark.taskMs);
  return isOver ? { kind: 'raw', status: 409, body: RUNS } : undefined;
}
