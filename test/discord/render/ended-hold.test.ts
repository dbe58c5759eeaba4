import { describe, expect, it } from 'vitest';
import { taskText } from '../../fakes/task-texts.ts';
import type { Language } from '../../../src/domain/language.ts';
import type { Outcome } from '../../../src/domain/tasks/outcome.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import { aRefusal, aTask, ended, telling } from '../../fakes/a-task.ts';

const amounts = { videos: 1n, seconds: 5n, cost: 250_000n };
const SETTLED = { state: 'settled', amounts } as const;
const ASSUMED = { state: 'released', assumed: true } as const;
const RELEASED = { state: 'released', assumed: false } as const;
const HELD = { state: 'held', amounts } as const;

const taskOf = (outcome: Outcome, money: Task['money'], language: Language): Task =>
  aTask({
    language,
    money,
    stage: ended(outcome),
    quote: {
      kind: 'priced',
      micros: 500_000n,
      currency: 'USD',
      price: { amount: '0.50', currency: 'USD', per: 'task' },
    },
  });

const textOf = (outcome: Outcome, money: Task['money'], language: Language): string =>
  taskText({ task: taskOf(outcome, money, language), outcome });

describe.each([
  'outcome-unknown',
  'timed-out',
  'unknown-to-provider',
  'route-removed',
  'restored',
] as const)('a task that ended as %s', (kind) => {
  it.each<[Language, Task['money'], RegExp]>([
    ['en', SETTLED, /Charge confirmed: \*\*\$0\.25\*\*/],
    ['en', RELEASED, /Marked as \*\*not charged\*\*/],
    ['zh-CN', SETTLED, /已确认扣费：\*\*US\$0\.25\*\*。/],
    ['zh-CN', RELEASED, /已确认\*\*未扣费\*\*。/],
  ])('says in %s how its hold was ended, and asks nobody to end it', (language, money, said) => {
    const text = textOf({ kind }, money, language);
    expect(text).toMatch(said);
    expect(text).not.toMatch(/can check and resolve it|管理员/);
    expect(textOf({ kind }, HELD, language)).not.toMatch(said);
  });
});

const FAILED = { kind: 'failed', refusal: aRefusal() } as const;

describe('a task that failed at its provider', () => {
  it.each<[Language, string, Task['money'], RegExp]>([
    ['en', 'free', RELEASED, /video\. \*\*Nothing was charged\.\*\*$/],
    ['en', 'probably free', ASSUMED, /video\. \*\*It was probably not charged\.\*\*$/],
    [
      'en',
      'not confirmed',
      HELD,
      /video\. \*\*It may have been charged\*\*; .* an admin will check\.$/,
    ],
    ['en', 'charged after all', SETTLED, /couldn't make the video\.$/],
    ['zh-CN', 'free', RELEASED, /视频。\*\*未扣费。\*\*$/],
    ['zh-CN', 'probably free', ASSUMED, /视频。\*\*很可能未扣费。\*\*$/],
    ['zh-CN', 'not confirmed', HELD, /视频。\*\*扣费待确认\*\*，由管理员核实。$/],
    ['zh-CN', 'charged after all', SETTLED, /未能生成视频。$/],
  ])('says in %s that it is %s', (language, _how, money, said) => {
    expect(textOf(FAILED, money, language).split('\n')[3]).toMatch(said);
  });

  it.each<[Language, Task['money'], RegExp]>([
    ['en', SETTLED, /Charge confirmed: \*\*\$0\.25\*\*/],
    ['en', RELEASED, /Marked as \*\*not charged\*\*/],
    ['zh-CN', SETTLED, /已确认扣费：\*\*US\$0\.25\*\*。/],
    ['zh-CN', RELEASED, /已确认\*\*未扣费\*\*。/],
  ])('says in %s how its hold was ended, and asks no admin to end it', (language, money, said) => {
    const stage = telling(FAILED, { isReNotified: true });
    const text = taskText({ task: { ...taskOf(FAILED, money, language), stage }, outcome: FAILED });
    expect(text).toMatch(said);
    expect(text).not.toMatch(/may have been|an admin|待确认|管理员/);
  });
});

it('a video that was delivered before its hold was resolved says so in a later edit', () => {
  const outcome = { kind: 'delivered', how: 'attachment' } as const;
  const task = aTask({ money: RELEASED, stage: telling(outcome, { isReNotified: true }) });
  expect(taskText({ task, outcome })).toContain('Marked as **not charged**');
  const first = { ...task, stage: telling(outcome) };
  expect(taskText({ task: first, outcome })).not.toContain('Marked as **not charged**');
});
