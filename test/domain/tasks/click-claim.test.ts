import { expect, it } from 'vitest';
import { isClaimed } from '../../../src/domain/tasks/click-claim.ts';
import { taskIdSchema } from '../../../src/domain/tasks/task-id.ts';
import { TASK_ID } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';

const taskId = taskIdSchema.parse(TASK_ID);

it.each([
  ['while its task runs', -1000, false, true],
  ['while its task runs, of a wrong clock', 365 * 86_400_000, false, true],
  ['right after its task has ended', -9000, true, true],
  ['some time after its task has ended', -10_000, true, false],
  ['dated ahead by a little', 60_000, true, true],
  ['dated ahead by a wrong clock', 365 * 86_400_000, true, false],
] as const)(
  'a click %s stands for its task: %i ms, ended %s: %s',
  (_, aheadMs, isEnded, stands) => {
    expect(isClaimed({ taskId, at: NOON + aheadMs }, isEnded, NOON)).toBe(stands);
  },
);
