import { toSubmission } from '../routes/submission.ts';
import type { Submission } from '../routes/submission.ts';
import type { Route } from '../routes/route.ts';
import { currentRoute } from './plan.ts';
import type { Task } from './task.ts';

type Requested = Pick<Task, 'plan' | 'secrets'>;

/** What a provider is sent for a task by this route; undefined where the request cannot be read. */
export function submissionOf(task: Requested, route: Route): Submission | undefined {
  const { request, submission } = task.secrets;
  if (request === undefined) return submission;
  // As it was priced: the route's own default may be another one by now.
  const { durationSeconds } = currentRoute(task);
  return toSubmission(route, { ...request, durationSeconds });
}

/** Whether what was asked for can still be read. */
export function isReadable({ secrets }: Pick<Task, 'secrets'>): boolean {
  return secrets.request !== undefined || secrets.submission !== undefined;
}

/** Undefined where it cannot be read. */
export function promptOf({ secrets }: Pick<Task, 'secrets'>): string | undefined {
  return secrets.request?.prompt ?? secrets.submission?.prompt;
}
