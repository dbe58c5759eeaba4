import { slotOf } from '../../src/domain/slots.ts';
import { OWNS_ALL } from '../../src/app/owns-all.ts';
import { describe, expect, it } from 'vitest';
import { startDepartedGuildCleanup } from '../../src/app/departed-guilds.ts';
import type { Ownership } from '../../src/app/ports/ownership-port.ts';
import { createWorker } from '../../src/worker/worker.ts';
import { GUILD_ID, TASK_ID, aTask, running } from '../fakes/a-task.ts';
import { DAY_MS, HOUR_MS } from '../../src/domain/time-units.ts';
import { NOON, fakeClock, settle } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';
import { processIn, workerWorld } from '../fakes/worker-world.ts';

const OTHER_GUILD = (BigInt(GUILD_ID) + (1n << 22n)).toString();
const own = new Set([slotOf(GUILD_ID)]);
const ownership: Ownership = {
  owns: (guildId) => guildId === GUILD_ID,
  tenureOf: (guildId) => (guildId === GUILD_ID ? OWNS_ALL.tenureOf(guildId) : undefined),
  served: () => [],
  isFirst: () => true,
};
const ours = aTask({ stage: running() });
const theirs = aTask({ id: '1300000000000000009', guildId: OTHER_GUILD, stage: running() });

const notFirst: Ownership = { ...ownership, isFirst: () => false };

interface Departed {
  readonly ownership: Ownership;
  readonly present?: readonly string[];
  readonly since?: number;
  readonly isDiscordDown?: boolean;
}

/** Two guilds that are missed, and the loop of one process over them. */
function departures({
  present = [],
  since = NOON - 31 * DAY_MS,
  isDiscordDown = false,
  ...owned
}: Departed) {
  const clock = fakeClock(NOON);
  const [forgotten, saved, lists]: [string[], number[], number[]] = [[], [], []];
  const cleanup = startDepartedGuildCleanup({
    ...owned,
    guildList: {
      async list() {
        lists.push(clock.now());
        if (isDiscordDown) throw new Error('502');
        return new Set(present);
      },
    },
    presence: {
      lastCheck: async () => undefined,
      known: async () => [GUILD_ID, OTHER_GUILD],
      absences: async () => new Map([GUILD_ID, OTHER_GUILD].map((id) => [id, since])),
      async save({ at }) {
        saved.push(at);
      },
    },
    async deleteGuildData(guildId) {
      forgotten.push(guildId);
      return { tasks: 0, lines: 0, held: 0 };
    },
    clock,
    log: recordingLog(),
  });
  return { forgotten, saved, lists, clock, cleanup };
}

describe('a process that owns some of the guilds', () => {
  it('resumes their tasks alone', async () => {
    const world = workerWorld(ours, theirs);
    const process = processIn(world);
    const worker = createWorker({ ...process.deps, ownership });
    await expect(worker.resume(own)).resolves.toEqual({
      taskIds: new Set([TASK_ID]),
      creates: 0,
    });
    process.polls.abort();
    process.sends.abort();
    await worker.stop();
  });

  it('forgets none of the others that removed the bot', async () => {
    const { forgotten, cleanup } = departures({ ownership });
    await settle();
    await cleanup.stop();
    expect(forgotten).toEqual([GUILD_ID]);
  });

  it('forgets its own that removed the bot where another one looks for them', async () => {
    const { forgotten, saved, lists, clock, cleanup } = departures({ ownership: notFirst });
    await clock.advance(HOUR_MS);
    // Those that keep a hold stay overdue: no list each hour.
    expect(forgotten).toEqual([GUILD_ID]);
    expect(lists).toEqual([NOON]);
    await clock.advance(DAY_MS);
    await cleanup.stop();
    expect(forgotten).toEqual([GUILD_ID, GUILD_ID]);
    expect(saved).toEqual([]);
  });

  it('forgets within the hour one that removed the bot and comes to it later', async () => {
    const owned = new Set([GUILD_ID]);
    const later: Ownership = {
      ...OWNS_ALL,
      isFirst: () => false,
      owns: (guildId) => owned.has(guildId),
    };
    const { forgotten, clock, cleanup } = departures({ ownership: later });
    await settle();
    owned.add(OTHER_GUILD);
    await clock.advance(HOUR_MS);
    await cleanup.stop();
    expect(forgotten).toEqual([GUILD_ID, OTHER_GUILD]);
  });

  it('has a hand-over wait while it forgets one', async () => {
    const during: string[][] = [];
    const tenure = OWNS_ALL.tenureOf(GUILD_ID);
    if (tenure === undefined) throw new Error('it owns all');
    const { forgotten, cleanup } = departures({
      ownership: {
        ...ownership,
        tenureOf: () => ({
          ...tenure,
          async during(work) {
            const before = [...forgotten];
            const result = await work();
            during.push(before, [...forgotten]);
            return result;
          },
        }),
      },
    });
    await settle();
    await cleanup.stop();
    expect(during).toEqual([[], [GUILD_ID]]);
  });

  it.each([
    ['that has the bot again', { present: [GUILD_ID] }],
    ['that is not missed for long enough', { since: NOON - 29 * DAY_MS }],
    ['of which Discord says nothing', { isDiscordDown: true }],
  ])('forgets none of its own %s', async (_, departed) => {
    const { forgotten, clock, cleanup } = departures({ ownership: notFirst, ...departed });
    await clock.advance(HOUR_MS / 2);
    await cleanup.stop();
    expect(forgotten).toEqual([]);
  });
});
