import { describe, expect, it } from 'vitest';
import { taskText } from '../../fakes/task-texts.ts';
import type { Language } from '../../../src/domain/language.ts';
import type { Outcome } from '../../../src/domain/tasks/outcome.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import { aTask, ended, telling } from '../../fakes/a-task.ts';

const amounts = { videos: 1n, seconds: 5n, cost: 250_000n };
const SETTLED = { state: 'settled', amounts } as const;
const RELEASED = { state: 'released', assumed: false } as const;
const HELD = { state: 'held', amounts } as const;

const textOf = (outcome: Outcome, money: Task['money'], language: Language): string =>
  taskText({
    task: aTask({
      language,
      money,
      stage: ended(outcome),
      quote: {
        kind: 'priced',
        micros: 500_000n,
        currency: 'USD',
        price: { amount: '0.50', currency: 'USD', per: 'task' },
      },
    }),
    outcome,
  });

describe.each(['outcome-unknown', 'timed-out', 'unknown-to-provider', 'route-removed'] as const)(
  'a task that ended as %s',
  (kind) => {
    it.each<[Language, Task['money'], RegExp]>([
      ['en', SETTLED, /was settled at \*\*\$0\.25\*\*/],
      ['en', RELEASED, /was released: it \*\*does not count\*\*/],
      ['zh-CN', SETTLED, /已按 \*\*US\$0\.25\*\* 结算。/],
      ['zh-CN', RELEASED, /已释放：\*\*不计入用量\*\*。/],
    ])('says in %s how its hold was ended, and asks nobody to end it', (language, money, said) => {
      const text = textOf({ kind }, money, language);
      expect(text).toMatch(said);
      expect(text).not.toMatch(/can (look it up and )?settle it|管理员/);
      expect(textOf({ kind }, HELD, language)).not.toMatch(said);
    });
  },
);

it('a video that was delivered before its hold was resolved says so in a later edit', () => {
  const outcome = { kind: 'delivered', how: 'attachment' } as const;
  const task = aTask({ money: RELEASED, stage: telling(outcome, { isReNotified: true }) });
  expect(taskText({ task, outcome })).toContain('was released');
  const first = { ...task, stage: telling(outcome) };
  expect(taskText({ task: first, outcome })).not.toContain('was released');
});
