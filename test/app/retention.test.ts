import { OWNS_ALL } from '../../src/app/owns-all.ts';
import { describe, expect, it } from 'vitest';
import { startRetention } from '../../src/app/retention.ts';
import { aTask } from '../fakes/a-task.ts';
import { fakeClock, settle } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';
import { memoryAttempts } from '../fakes/memory-attempts.ts';

/** A store whose first long step goes on until it is cut. */
function longStore() {
  const steps: string[] = [];
  const step = (name: string) => async (): Promise<number> => {
    steps.push(name);
    return 0;
  };
  return {
    steps,
    store: {
      repairTimes: async () => undefined,
      deleteUnconfirmed: async () => undefined,
      deleteClaims: async () => undefined,
      deleteRequested: step('asked'),
      async deleteTasksEndedBefore(_beforeMs: number, signal: AbortSignal) {
        steps.push('tasks');
        await new Promise<void>((resolve) => {
          signal.addEventListener('abort', () => {
            resolve();
          });
        });
        return 50;
      },
      emptyHeld: step('held'),
      deleteQuarantinedBefore: step('aside'),
      deleteLinesBefore: step('lines'),
    },
  };
}

describe('a stop while old records are deleted', () => {
  it('cuts the step under way, begins no other, and leaves no timer', async () => {
    const clock = fakeClock();
    const { store, steps } = longStore();
    const log = recordingLog();
    const retention = startRetention({
      ownership: OWNS_ALL,
      emptyHeld: async () => false,
      store,
      attemptLog: memoryAttempts(),
      clock,
      log,
      retentionMs: 86_400_000,
    });
    await settle();
    expect(steps).toEqual(['asked', 'tasks']);
    await retention.stop();
    expect(steps).toEqual(['asked', 'tasks']);
    expect(clock.timersSet()).toBe(0);
  });
});

it('nothing is too old before it is sure what the time is', async () => {
  const clock = fakeClock();
  let isSure = false;
  const { store, steps } = longStore();
  const unsure = { ...clock, isSure: () => isSure };
  const log = recordingLog();
  const retention = startRetention({
    ownership: OWNS_ALL,
    emptyHeld: async () => false,
    store,
    attemptLog: memoryAttempts(),
    clock: unsure,
    log,
    retentionMs: 86_400_000,
  });
  await clock.advance(3_600_000);
  expect(steps).toEqual([]);
  isSure = true;
  await clock.advance(1000);
  expect(steps).toEqual(['asked', 'tasks']);
  await retention.stop();
});

it('lets a process that is not the first delete only what is its own', async () => {
  const clock = fakeClock();
  const { store, steps } = longStore();
  const deleted: number[] = [];
  const emptied: string[] = [];
  const retention = startRetention({
    ownership: { isFirst: () => false, owns: (guildId) => guildId === aTask().guildId },
    store: {
      ...store,
      async emptyHeld(beforeMs, _signal, empty) {
        deleted.push(clock.now() - beforeMs);
        await empty(aTask());
        await empty(aTask({ guildId: '1200000000000000009' }));
        return 1;
      },
    },
    async emptyHeld({ guildId }) {
      emptied.push(guildId);
      return true;
    },
    attemptLog: {
      async deleteBefore(beforeMs) {
        deleted.push(clock.now() - beforeMs);
        return 0;
      },
    },
    async deleteDeadFiles(beforeMs) {
      deleted.push(clock.now() - beforeMs);
    },
    clock,
    log: recordingLog(),
    retentionMs: 86_400_000,
  });
  await settle();
  await retention.stop();
  expect(steps).toEqual([]);
  expect(deleted).toEqual([86_400_000, 86_400_000, 86_400_000]);
  expect(emptied).toEqual([aTask().guildId]);
});
