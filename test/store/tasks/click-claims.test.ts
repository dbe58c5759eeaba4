import { expect, it } from 'vitest';
import { isOldClick } from '../../../src/store/tasks/click-claims.ts';
import { TASK_ID } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';

const DAY_MS = 86_400_000;

it.each([
  // A task may take as long: TASK_TIMEOUT_MINUTES is at most 35,791, and its delivery three days.
  [27.8, false],
  [28.1, true],
])('a click of %d days ago is old: %s', (days, isOld) => {
  expect(isOldClick({ taskId: TASK_ID, at: NOON - days * DAY_MS }, NOON)).toBe(isOld);
});

it('a damaged click is old', () => {
  expect(isOldClick({ taskId: 7 }, NOON)).toBe(true);
});
