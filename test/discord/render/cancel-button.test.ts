import { describe, expect, it } from 'vitest';
import type { TaskView } from '../../../src/app/ports/message-port.ts';
import { taskButtons } from '../../../src/discord/render/task-buttons.ts';
import type { ButtonFacts } from '../../../src/discord/render/task-buttons.ts';
import { TASK_ID, aTask, preparing, queued, running } from '../../fakes/a-task.ts';
import { NO_FACTS } from '../../fakes/button-facts.ts';
import { NOON } from '../../fakes/clock.ts';
import { taskText } from '../../fakes/task-texts.ts';

const CANCELS: ButtonFacts = { ...NO_FACTS, canCancel: () => true };
const view = (stage: TaskView['task']['stage'], more: Partial<TaskView> = {}): TaskView => ({
  task: aTask({ stage }),
  ...more,
});
const hasButton = (shown: TaskView, facts = CANCELS): boolean =>
  taskButtons(shown, facts).flatMap(({ components }) => components).length > 0;

describe('the button to cancel', () => {
  it.each<[string, TaskView, boolean]>([
    ['waits for its turn', view(queued(), { queuePosition: 1 }), true],
    ['has its media prepared', view(preparing()), true],
    ['is about to be sent', view(queued()), false],
    ['waits at its provider', view(running({ queuedAt: NOON })), true],
    ['is made', view(running()), false],
    ['is made, with a percentage', view(running({ progressPercent: 3 })), false],
  ])('of a task that %s', (_what, shown, isThere) => {
    expect(hasButton(shown)).toBe(isThere);
  });

  it('is not there for a task at a provider that cancels none', () => {
    expect(hasButton(view(running({ queuedAt: NOON })), NO_FACTS)).toBe(false);
    expect(hasButton(view(queued(), { queuePosition: 1 }), NO_FACTS)).toBe(true);
  });

  it('names the task alone', () => {
    expect(taskButtons(view(running({ queuedAt: NOON })), CANCELS)).toMatchObject([
      { components: [{ label: 'Cancel', custom_id: `cancel:${TASK_ID}` }] },
    ]);
  });
});

describe.each([
  ['en', 'Waiting in Jimmy AI', 'Cancelled while it waited in Jimmy AI'],
  ['zh-CN', '在 Jimmy AI 排队中', '在 Jimmy AI 排队时已取消'],
] as const)('the message of a task at its provider in %s', (language, waiting, cancelled) => {
  it('says that it waits there, and that it was cancelled there', () => {
    const task = aTask({ language, stage: running({ queuedAt: NOON, progressPercent: 0 }) });
    expect(taskText({ task })).toContain(waiting);
    const outcome = { kind: 'cancelled', isAtProvider: true } as const;
    expect(taskText({ task, outcome })).toContain(cancelled);
    expect(taskText({ task, outcome: { kind: 'cancelled' } })).not.toContain(cancelled);
  });
});
