import { describe, expect, it } from 'vitest';
import { stageAtStart } from '../../../src/domain/tasks/resume.ts';
import type { Stage, Task, TaskSecrets } from '../../../src/domain/tasks/task.ts';
import {
  RESULT_URL,
  STAGES,
  aTask,
  delivering,
  ended,
  preparing,
  queued,
  running,
  submitting,
  telling,
} from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';

const LATER = NOON + 5000;
const secrets: TaskSecrets = { ...aTask().secrets, resultUrl: RESULT_URL };
const acknowledging: Stage = { name: 'acknowledging' };
const over = (
  kind:
    | 'not-started'
    | 'outcome-unknown'
    | 'route-removed'
    | 'removed-unsent'
    | 'prompt-unreadable',
): Stage => telling({ kind }, { since: LATER });

const found = (stage: Stage, kept: TaskSecrets = secrets): Task => aTask({ stage, secrets: kept });

describe('a task found at start', () => {
  const lost = telling({ kind: 'timed-out' });
  const done = ended({ kind: 'timed-out' });
  it.each<[string, Task, boolean, Stage]>([
    ['acknowledging', found(acknowledging), true, over('not-started')],
    ['acknowledging on a route that is off', found(acknowledging), false, over('not-started')],
    ['queued', found(queued()), true, queued()],
    ['queued on a route that is off', found(queued()), false, over('removed-unsent')],
    [
      'queued on a route that is off, after a create that was not sent',
      found(queued({ notSent: 1 })),
      false,
      over('removed-unsent'),
    ],
    [
      'queued on a route that is off, after a busy answer',
      found(queued({ creates: 1 })),
      false,
      over('route-removed'),
    ],
    [
      'queued by auto on a route that is off, refused by another before',
      {
        ...found(queued({ creates: 1 })),
        attempts: [{ route: 'anyfast/seedance-2.0-mini', at: LATER, outcome: 'refused' }],
      },
      false,
      over('removed-unsent'),
    ],
    ['preparing', found(preparing()), true, preparing()],
    ['preparing on a route that is off', found(preparing()), false, over('removed-unsent')],
    [
      'preparing on a route that is off, after a busy answer',
      {
        ...found(preparing()),
        attempts: [{ route: 'jimmy/seedance2.0-sp', at: LATER, outcome: 'busy' }],
      },
      false,
      over('route-removed'),
    ],
    ['queued without a prompt', found(queued(), {}), true, over('prompt-unreadable')],
    ['submitting', found(submitting()), true, over('outcome-unknown')],
    ['submitting on a route that is off', found(submitting()), false, over('outcome-unknown')],
    ['running', found(running({ faults: 3 })), true, running({ faults: 3 })],
    ['running without secrets', found(running(), {}), true, running()],
    [
      'running on a route that is off',
      found(running()),
      false,
      telling({ kind: 'route-removed' }, { since: LATER, providerTaskId: 'p-1' }),
    ],
    ['delivering', found(delivering({ asLink: true })), true, delivering({ asLink: true })],
    ['delivering on a route that is off', found(delivering()), false, delivering()],
    ['delivering without its address', found(delivering(), {}), true, running()],
    ['notifying', found(lost), false, lost],
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
