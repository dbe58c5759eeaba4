import { describe, expect, it } from 'vitest';
import { stageAtStart } from '../../../src/domain/tasks/resume.ts';
import type { RouteState } from '../../../src/domain/tasks/route-state.ts';
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
  it.each<[string, Task, RouteState, Stage]>([
    ['acknowledging', found(acknowledging), 'on', over('not-started')],
    ['acknowledging on a route that is gone', found(acknowledging), 'gone', over('not-started')],
    ['queued', found(queued()), 'on', queued()],
    ['queued on a route that is gone', found(queued()), 'gone', over('removed-unsent')],
    [
      'queued on a route that is gone, after a create that was not sent',
      found(queued({ notSent: 1 })),
      'gone',
      over('removed-unsent'),
    ],
    [
      'queued on a route that is gone, after a busy answer',
      found(queued({ creates: 1 })),
      'gone',
      over('route-removed'),
    ],
    [
      'queued by auto on a route that is gone, refused by another before',
      {
        ...found(queued({ creates: 1 })),
        attempts: [{ route: 'anyfast/seedance-2.0-mini', at: LATER, outcome: 'refused' }],
      },
      'gone',
      over('removed-unsent'),
    ],
    ['preparing', found(preparing()), 'on', preparing()],
    ['preparing on a route that is gone', found(preparing()), 'gone', over('removed-unsent')],
    [
      'preparing on a route that is gone, after a busy answer',
      {
        ...found(preparing()),
        attempts: [{ route: 'jimmy/seedance2.0-sp', at: LATER, outcome: 'busy' }],
      },
      'gone',
      over('route-removed'),
    ],
    ['queued without a prompt', found(queued(), {}), 'on', over('prompt-unreadable')],
    ['submitting', found(submitting()), 'on', over('outcome-unknown')],
    ['submitting on a route that is gone', found(submitting()), 'gone', over('outcome-unknown')],
    ['running', found(running({ faults: 3 })), 'on', running({ faults: 3 })],
    ['running without secrets', found(running(), {}), 'on', running()],
    [
      'running on a route that is gone',
      found(running()),
      'gone',
      telling({ kind: 'route-removed' }, { since: LATER, providerTaskId: 'p-1' }),
    ],
    ['delivering', found(delivering({ asLink: true })), 'on', delivering({ asLink: true })],
    ['delivering on a route that is gone', found(delivering()), 'gone', delivering()],
    ['delivering without its address', found(delivering(), {}), 'on', running()],
    ['notifying', found(lost), 'gone', lost],
    ['ended', found(done), 'gone', done],
    ['queued on a route known elsewhere', found(queued()), 'elsewhere', over('removed-unsent')],
    [
      'queued on a route known elsewhere, after a busy answer',
      {
        ...found(queued({ creates: 1 })),
        attempts: [{ route: 'jimmy/seedance2.0-sp', at: LATER, outcome: 'busy' }],
      },
      'elsewhere',
      over('removed-unsent'),
    ],
    [
      'queued on a route known elsewhere, by schema 1, after a busy answer',
      found(queued({ creates: 1 })),
      'elsewhere',
      over('removed-unsent'),
    ],
    [
      'queued on a route known elsewhere, after a create without an answer',
      {
        ...found(queued({ creates: 1 })),
        attempts: [{ route: 'jimmy/seedance2.0-sp', at: LATER }],
      },
      'elsewhere',
      over('route-removed'),
    ],
    [
      'submitting on a route known elsewhere',
      found(submitting()),
      'elsewhere',
      over('outcome-unknown'),
    ],
    ['running on a route known elsewhere', found(running()), 'elsewhere', running()],
  ])('%s (route: %s) goes on as it should', (_what, task, route, stage) => {
    expect(stageAtStart(task, LATER, route)).toEqual(stage);
  });

  it('is judged the same a second time', () => {
    for (const stage of STAGES) {
      const task = found(stage);
      const once = stageAtStart(task, LATER, 'on');
      expect(stageAtStart({ ...task, stage: once }, LATER + 1, 'on')).toEqual(once);
    }
  });
});
