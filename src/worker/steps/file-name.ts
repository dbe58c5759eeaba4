import { currentRoute } from '../../domain/tasks/plan.ts';
import type { Task } from '../../domain/tasks/task.ts';

/** The file name of a clip, made only from the route and the task id: no outside text gets into a path. */
export function fileName(task: Task): string {
  const model = (currentRoute(task).route.split('/')[1] ?? 'video').replaceAll(/[^a-z0-9]+/gi, '-');
  return `clapper-${model}-${task.id.slice(-6)}.mp4`;
}
