import { describe, expect, it } from 'vitest';
import { stageAtStart } from '../../../src/domain/tasks/resume.ts';
import type { Stage, Task, TaskSecrets } from '../../../src/domain/tasks/task.ts';
import {
  RESULT_URL,
  STAGES,
  aTask,
  delivering,
  ended,
  queued,
  running,
  submitting,
  telling,
} from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';

const LATER = NOON + 5000;
const secrets: TaskSecrets = { ...aTask().secrets, resultUrl: RESULT_URL };
const acknowledging: Stage = { name: 'acknowledging' };
const over = (kind: 'never-began' | 'outcome-unknown' | 'route-gone' | 'prompt-lost'): Stage =>
  telling({ kind }, { since: LATER });

const found = (stage: Stage, kept: TaskSecrets = secrets): Task => aTask({ stage, secrets: kept });

describe('a task found at start', () => {
  const lost = telling({ kind: 'given-up' });
  const done = ended({ kind: 'given-up' });
  it.each<[string, Task, boolean, Stage]>([
    ['acknowledging', found(acknowledging), true, over('never-began')],
    ['acknowledging on a route that is off', found(acknowledging), false, over('never-began')],
    ['queued', found(queued()), true, queued()],
    ['queued on a route that is off', found(queued()), false, over('route-gone')],
    ['queued without a prompt', found(queued(), {}), true, over('prompt-lost')],
    ['submitting', found(submitting()), true, over('outcome-unknown')],
    ['submitting on a route that is off', found(submitting()), false, over('outcome-unknown')],
    ['running', found(running({ faults: 3 })), true, running({ faults: 3 })],
    ['running without secrets', found(running(), {}), true, running()],
    [
      'running on a route that is off',
      found(running()),
      false,
      telling({ kind: 'route-gone' }, { since: LATER, providerTaskId: 'p-1' }),
    ],
    ['delivering', found(delivering({ asLink: true })), true, delivering({ asLink: true })],
    ['delivering on a route that is off', found(delivering()), false, delivering()],
    ['delivering without its address', found(delivering(), {}), true, running()],
    ['telling', found(lost), false, lost],
    ['ended', found(done), false, done],
  ])('%s (route on: %s) goes on as it should', (_what, task, isRouteOn, stage) => {
    expect(stageAtStart(task, LATER, isRouteOn)).toEqual(stage);
  });

  it('is judged the same a second time', () => {
    for (const stage of STAGES) {
      const task = found(stage);
      const once = stageAtStart(task, LATER, true);
      expect(stageAtStart({ ...task, stage: once }, LATER + 1, true)).toEqual(once);
    }
  });
});
