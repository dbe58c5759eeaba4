import type { PlannedRoute, SwitchReason } from '../../domain/tasks/plan.ts';
import type { Task } from '../../domain/tasks/task.ts';

/**
 * Chooses the route that an `auto` task goes to when it leaves its current one, by the settings and
 * prices of now; `undefined` if none may make it. Never rejects.
 */
export type NextRoute = (task: Task, reason: SwitchReason) => Promise<PlannedRoute | undefined>;
