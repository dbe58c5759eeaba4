import { describe, expect, it } from 'vitest';
import { startDepartedGuildCleanup } from '../../src/app/departed-guilds.ts';
import type { Ownership } from '../../src/app/ports/ownership-port.ts';
import { holdIfRestored } from '../../src/app/restored-store.ts';
import { createNotices } from '../../src/store/notices/notices.ts';
import { createGuildSettingsStore } from '../../src/store/guilds/guild-settings-store.ts';
import { createWorker } from '../../src/worker/worker.ts';
import { GUILD_ID, TASK_ID, aTask, running } from '../fakes/a-task.ts';
import { NOON, fakeClock, settle } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';
import { memoryAttempts } from '../fakes/memory-attempts.ts';
import { memoryRecords } from '../fakes/memory-records.ts';
import { memoryTasks } from '../fakes/memory-tasks.ts';
import { processIn, workerWorld } from '../fakes/worker-world.ts';

const OTHER_GUILD = '1300000000000000011';
const ownership: Ownership = { owns: (guildId) => guildId === GUILD_ID };
const ours = aTask({ stage: running() });
const theirs = aTask({ id: '1300000000000000009', guildId: OTHER_GUILD, stage: running() });

describe('a process that owns some of the guilds', () => {
  it('resumes their tasks alone', async () => {
    const world = workerWorld(ours, theirs);
    const process = processIn(world);
    const worker = createWorker({ ...process.deps, ownership });
    await expect(worker.start()).resolves.toEqual(new Set([TASK_ID]));
    process.polls.abort();
    process.sends.abort();
    await worker.stop();
  });

  it('judges their tasks alone where the store was restored', async () => {
    const tasks = memoryTasks(ours, theirs);
    await holdIfRestored({
      store: tasks.port,
      attemptLog: memoryAttempts(),
      ownership,
      origin: {
        id: 'known',
        isOnOtherServer: false,
        starts: 1,
        copy: { at: NOON, rule: { holdsAll: true, linesSince: 0 } },
        newestAcceptedAt: async () => NOON,
        markAsCopy: async () => undefined,
        recordStart: async () => undefined,
        recordRestoreTime: async () => undefined,
      },
      clock: fakeClock(),
      log: recordingLog(),
      onHeld: () => undefined,
      endUploads: async () => undefined,
    });
    expect([tasks.byId.get(ours.id)?.restored, tasks.byId.get(theirs.id)]).toEqual([true, theirs]);
  });

  it('forgets none of the others that removed the bot', async () => {
    const clock = fakeClock();
    const forgotten: string[] = [];
    const cleanup = startDepartedGuildCleanup({
      guildList: { list: async () => new Set<string>() },
      ownership,
      presence: {
        lastCheck: async () => undefined,
        known: async () => [GUILD_ID, OTHER_GUILD],
        absences: async () => new Map([GUILD_ID, OTHER_GUILD].map((id) => [id, 0])),
        save: async () => undefined,
      },
      async deleteGuildData(guildId) {
        forgotten.push(guildId);
        return { tasks: 0, lines: 0, held: 0 };
      },
      clock,
      log: recordingLog(),
    });
    await settle();
    await cleanup.stop();
    expect(forgotten).toEqual([GUILD_ID]);
  });

  it('tells none of the others of a paused provider', async () => {
    const [records, clock, log] = [memoryRecords(), fakeClock(), recordingLog()];
    const guilds = createGuildSettingsStore({ records, clock, log });
    const entry = { by: '1', what: 'notices', from: '', to: 'x' };
    await guilds.change(OTHER_GUILD, (before) => ({ ...before, notices: '1' }), entry);
    const port = { post: async () => undefined };
    const notices = createNotices({ records, guilds, ownership, port, clock, log });
    await notices.providerPaused(GUILD_ID, 'jimmy', 'balance-spent');
    await expect(notices.list(GUILD_ID)).resolves.toHaveLength(1);
    await expect(notices.list(OTHER_GUILD)).resolves.toEqual([]);
  });
});
