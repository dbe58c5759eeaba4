import { expect, it } from 'vitest';
import { historyLines } from '../../src/discord/history/history-lines.ts';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import type { Language } from '../../src/domain/language.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { CATALOGUE } from '../fakes/catalogue.ts';
import { aRefusal, aTask, ended } from '../fakes/a-task.ts';

const FAILED = ended({ kind: 'failed', refusal: aRefusal() });

it.each<[Language, string, Task['money'], string]>([
  ['en', 'was not charged', { state: 'released', assumed: false }, ' · not charged'],
  ['en', 'was never reserved', { state: 'none' }, ' · not charged'],
  ['en', 'is assumed', { state: 'released', assumed: true }, ' · probably not charged'],
  ['zh-CN', 'was not charged', { state: 'released', assumed: false }, ' · 未扣费'],
  ['zh-CN', 'is assumed', { state: 'released', assumed: true }, ' · 未扣费（推定）'],
])('a failed video says in %s that its charge %s', (language, _how, money, said) => {
  const [line = ''] = historyLines([aTask({ money, stage: FAILED })], {
    messages: messagesFor(language),
    catalogue: CATALOGUE,
  });
  expect(line.replace(/ · \[[^\]]*\]\([^)]*\)$/u, '').endsWith(said)).toBe(true);
});
