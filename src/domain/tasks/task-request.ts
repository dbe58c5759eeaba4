import { givenMedia } from '../routes/given-media.ts';
import type { MediaOptionInfo } from '../routes/options.ts';
import { toSubmission } from '../routes/submission.ts';
import type { Submission } from '../routes/submission.ts';
import type { Route } from '../routes/route.ts';
import { currentRoute } from './plan.ts';
import type { Task } from './task.ts';

type Requested = Pick<Task, 'plan' | 'secrets'>;

/** The submission of a task to a route; `undefined` if its request cannot be read. */
export function submissionOf(task: Requested, route: Route): Submission | undefined {
  const { request, submission } = task.secrets;
  if (request === undefined) return submission;
  // The duration that was priced, because the route's default may have changed since.
  const { durationSeconds } = currentRoute(task);
  return toSubmission(route, { ...request, durationSeconds });
}

/** Whether the task's request can still be read. */
export function isReadable({ secrets }: Pick<Task, 'secrets'>): boolean {
  return secrets.request !== undefined || secrets.submission !== undefined;
}

/** The media of a task with their roles; none if its request cannot be read. */
export function mediaOf({
  secrets: { request, submission },
}: Pick<Task, 'secrets'>): readonly Pick<MediaOptionInfo, 'role'>[] {
  return request === undefined ? (submission?.media ?? []) : givenMedia(request);
}

/** The prompt of a task; `undefined` if it cannot be read. */
export function promptOf({ secrets }: Pick<Task, 'secrets'>): string | undefined {
  return secrets.request?.prompt ?? secrets.submission?.prompt;
}
