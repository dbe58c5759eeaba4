import { describe, expect, it } from 'vitest';
import { snowflakeAt } from '../../../src/domain/tasks/snowflake.ts';
import { repairTaskTimes } from '../../../src/domain/tasks/repair-task-times.ts';
import type { Stage } from '../../../src/domain/tasks/task.ts';
import {
  STAGES,
  aTask,
  anAddress,
  delivering,
  ended,
  queued,
  running,
  submitting,
  telling,
} from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const REACH = { taskTimeoutMs: HOUR_MS, resultRetentionMs: 72 * HOUR_MS };
/** Called at noon, found an hour later. */
const CALLED = { id: snowflakeAt(NOON) };
const NOW = NOON + HOUR_MS;

/** Its stage as it is found, written by a clock that was off by so much. */
const stageFound = (stage: Stage): Stage =>
  repairTaskTimes(aTask({ ...CALLED, stage }), NOW, REACH).stage;

describe('a task whose times can be true', () => {
  it.each(STAGES.map((stage) => [stage.name, stage] as const))('stays as it is: %s', (_, stage) => {
    const task = aTask({ ...CALLED, stage });
    expect(repairTaskTimes(task, NOW, REACH)).toBe(task);
  });

  it('is not judged before the time is known', () => {
    const task = aTask({ acceptedAt: NOON + DAY_MS, stage: running({ submittedAt: 5 }) });
    expect(repairTaskTimes(task, 12_000, REACH)).toBe(task);
  });
});

describe.each([
  ['ahead by 500 days', 500 * DAY_MS],
  ['behind by a year', -365 * DAY_MS],
])('a task that a clock dated that was %s', (_, off) => {
  const at = NOON + off;

  it('was called when its id says, and so its token is as old', () => {
    const task = aTask({ ...CALLED, acceptedAt: at, address: anAddress({ tokenSince: at }) });
    const found = repairTaskTimes(task, NOW, REACH);
    expect([found.acceptedAt, found.address.tokenSince]).toEqual([NOON, NOON]);
  });

  it('did everything else when it is found', () => {
    const seen = { lastPolledAt: at, queuedAt: at, missingSince: at, addressMissingSince: at };
    expect(stageFound(running({ submittedAt: at, ...seen, faults: 2 }))).toEqual(
      running({ submittedAt: NOW, faults: 2 }),
    );
    expect(stageFound(submitting({ since: at }))).toEqual(submitting({ since: NOW }));
    expect(stageFound(telling({ kind: 'timed-out' }, { since: at }))).toEqual(
      telling({ kind: 'timed-out' }, { since: NOW }),
    );
    expect(stageFound(ended({ kind: 'timed-out' }, { endedAt: at }))).toEqual(
      ended({ kind: 'timed-out' }, { endedAt: NOW }),
    );
  });

  it('waits for a provider as long as was meant', () => {
    const waiting = { creates: 1, notSent: 0 };
    expect(stageFound(queued({ ...waiting, since: at, notBefore: at + 7000 }))).toEqual(
      queued({ ...waiting, since: NOW, notBefore: NOW + 7000 }),
    );
    expect(stageFound(queued({ notBefore: at }))).toEqual(queued({ notBefore: NOW }));
  });

  it('has a result that stays good from now on', () => {
    const stage = delivering({ finishedAt: at, resultUntil: at + 72 * HOUR_MS });
    expect(stageFound(stage)).toEqual(
      delivering({ finishedAt: NOW, resultUntil: NOW + 72 * HOUR_MS }),
    );
  });
});

describe('a deadline further ahead than its rule allows', () => {
  it('is set anew by the rule', () => {
    expect(stageFound(delivering({ resultUntil: NOW + 73 * HOUR_MS }))).toMatchObject({
      resultUntil: NOW + 72 * HOUR_MS,
    });
    expect(stageFound(queued({ creates: 1, notBefore: NOW + DAY_MS }))).toMatchObject({
      notBefore: NOW + HOUR_MS,
    });
  });
});
