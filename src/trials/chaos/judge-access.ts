import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';

/** Checks that no member whom an admin keeps from `/video` has a task. */
export function judgeAccess({ tasks, outsiderIds }: Evidence): Finding[] {
  return [...tasks.values()]
    .filter(({ memberId }) => outsiderIds.has(memberId))
    .map(({ id: taskId }) => ({
      kind: 'let-through',
      what: 'a member who may not use /video made a video by a button',
      taskId,
    }));
}
