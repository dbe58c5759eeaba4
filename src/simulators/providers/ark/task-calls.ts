import { z } from 'zod';

import type { TaskCalls, TaskView } from '../dialect.ts';
import { explainIssue } from '../explain-issue.ts';
import { failure } from './replies.ts';
import { arkStatus, arkTask } from './task.ts';

const page = z.coerce.number().int().min(1).max(500);

/** What the list may be asked by; there is no `expired` among its statuses. */
const askedSchema = z.strictObject({
  page_num: page.default(1),
  page_size: page.default(20),
  'filter.status': z.enum(['queued', 'running', 'cancelled', 'succeeded', 'failed']).optional(),
  'filter.task_ids': z.array(z.string()).optional(),
  'filter.model': z.string().optional(),
  'filter.service_tier': z.enum(['default', 'flex']).default('default'),
});

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** Its list, of at most seven days, and its deletion, which cancels only what is in the queue. */
export function arkTaskCalls(listPath: string): TaskCalls {
  return {
    listPath,
    listed(asked, tasks) {
      const ids = asked.getAll('filter.task_ids');
      const { data, error } = askedSchema.safeParse({
        ...Object.fromEntries(asked),
        ...(ids.length > 0 && { 'filter.task_ids': ids }),
      });
      if (data === undefined) {
        return failure(400, 'InvalidParameter', explainIssue(error), 'BadRequest');
      }
      const found = tasks.filter((view) => isAsked(view, data));
      const first = (data.page_num - 1) * data.page_size;
      const items = found.slice(first, first + data.page_size).map(arkTask);
      return { status: 200, body: { items, total: found.length } };
    },
    removed(view) {
      const { id } = view.task;
      if (view.stage === 'running' || view.task.ending === 'cancelled') {
        return { effect: 'none', reply: undeletable(id, arkStatus(view)) };
      }
      const effect = view.stage === 'queued' ? 'cancelled' : 'deleted';
      return { effect, reply: { status: 200, body: {} } };
    },
  };
}

function isAsked(view: TaskView, asked: z.infer<typeof askedSchema>): boolean {
  const { task, nowMs } = view;
  const { 'filter.status': status, 'filter.task_ids': ids, 'filter.model': model } = asked;
  return (
    asked['filter.service_tier'] === 'default' &&
    nowMs - task.createdMs < WEEK_MS &&
    (status === undefined || status === arkStatus(view)) &&
    (ids === undefined || ids.includes(task.id)) &&
    // An endpoint, not the model behind it.
    (model === undefined || model === task.clip.model)
  );
}

function undeletable(id: string, status: string) {
  const code = status === 'running' ? 'InvalidAction.RunningTaskDeletion' : 'InvalidAction';
  const message = `Cannot delete the task ${id} because it is currently ${status}.`;
  return failure(409, code, message, 'Conflict');
}
