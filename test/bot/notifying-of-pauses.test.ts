import { describe, expect, it } from 'vitest';
import type { ProviderPause } from '../../src/app/ports/provider-pauses-port.ts';
import { createProviderPauses } from '../../src/app/provider-pauses.ts';
import { createOwnedSlots } from '../../src/app/slots/owned-slots.ts';
import { notifyingOfPauses } from '../../src/bot/notifying-of-pauses.ts';
import { createGuildSettingsStore } from '../../src/store/guilds/guild-settings-store.ts';
import { createNotices } from '../../src/store/notices/notices.ts';
import { fakeClock, settle } from '../fakes/clock.ts';
import { guildIn } from '../fakes/guild-in.ts';
import { held } from '../fakes/held.ts';
import { recordingLog } from '../fakes/log.ts';
import { memoryRecords } from '../fakes/memory-records.ts';
import type { MemoryRecords } from '../fakes/memory-records.ts';
import { createShares } from '../fakes/shares.ts';

const SLOTS = [1, 2, 3, 4];
const FIVE_MINUTES = 5 * 60_000;
const nothing = async (): Promise<void> => undefined;

interface World {
  readonly clock: ReturnType<typeof fakeClock>;
  readonly shares: ReturnType<typeof createShares>;
  /** The channels in which a notice was posted. */
  readonly posted: string[];
}

/** The slots of a process, with all that notifies their guilds of pauses. */
function startProcess({ clock, shares, posted }: World, records: MemoryRecords) {
  const log = recordingLog();
  const { ownership, changing } = createOwnedSlots({ isValidFor: () => true }, log);
  const pauses = createProviderPauses(clock, log, shares.add());
  const guilds = createGuildSettingsStore({ records, clock, log });
  const port = {
    post: async (channelId: string) => void posted.push(channelId),
  };
  const notices = createNotices({ records, guilds, ownership, port, clock, log });
  pauses.onPause((pause) => void notices.pauseHeardOf(pause));
  const work = { resume: nothing, endSteps: nothing, letGo: nothing, lose: () => undefined };
  const changes = changing({ ...work, takeLateAnswer: async () => true });
  return { pauses, notices, changes: notifyingOfPauses(changes, { notices, pauses }) };
}

/** A database on which a guild in each of these slots has a channel for notices, called like the slot. */
async function openWorld() {
  const [records, clock, shares] = [memoryRecords(), fakeClock(), createShares()];
  const posted: string[] = [];
  const guilds = createGuildSettingsStore({ records, clock, log: recordingLog() });
  for (const slot of SLOTS) {
    const entry = { by: '1', what: 'notices', from: '', to: 'x' };
    await guilds.change(guildIn(slot), (old) => ({ ...old, notices: String(slot) }), entry);
  }
  const world = { records, clock, shares, posted };
  return {
    ...world,
    /** Another process, which reads and writes through these records. */
    start: (through: MemoryRecords = records) => startProcess(world, through),
  };
}

/** Resolves when nothing goes on any more. */
async function settleAll(): Promise<void> {
  for (let round = 0; round < 20; round += 1) await settle();
}

/** Two processes, with two slots each. */
async function twoProcesses(through?: (records: MemoryRecords) => MemoryRecords) {
  const world = await openWorld();
  const [one, two] = [world.start(through?.(world.records)), world.start()];
  await one.changes.onGained([1, 2]);
  await two.changes.onGained([3, 4]);
  return { ...world, one, two };
}

/** A create is refused in the guild of this slot. */
async function refuseIn(slot: number, { pauses, notices }: ReturnType<typeof startProcess>) {
  const pause = await pauses.pauseOnAccountRefusal('jimmy', 'balance-spent');
  if (pause !== undefined) await notices.providerPaused(guildIn(slot), pause);
  return pause;
}

const EACH_ONCE = SLOTS.map(String);

describe('servers of several processes whose provider refuses the account', () => {
  it('are notified once each, whichever process found it', async () => {
    const { one, two, posted } = await twoProcesses();
    await refuseIn(1, one);
    await refuseIn(3, two);
    await settleAll();
    expect(posted.toSorted()).toEqual(EACH_ONCE);
    for (const slot of SLOTS) {
      const about = { kind: 'provider-paused', provider: 'jimmy', category: 'balance-spent' };
      await expect(two.notices.list(guildIn(slot))).resolves.toMatchObject([{ about }]);
    }
  });

  it('are notified of the next pause as well', async () => {
    const { one, two, posted, clock, shares } = await twoProcesses();
    await refuseIn(1, one);
    await settleAll();
    await clock.advance(FIVE_MINUTES);
    shares.forget();
    await refuseIn(4, two);
    await settleAll();
    expect(posted.toSorted()).toEqual([...EACH_ONCE, ...EACH_ONCE].toSorted());
  });

  it('are notified though they have no channel where it was found, and not elsewhere', async () => {
    const { one, two, posted } = await twoProcesses();
    await two.changes.onGained([5, 6]);
    await refuseIn(5, two);
    await settleAll();
    await expect(one.notices.list(guildIn(5))).resolves.toHaveLength(1);
    await expect(one.notices.list(guildIn(6))).resolves.toEqual([]);
    expect(posted.toSorted()).toEqual(EACH_ONCE);
  });

  it('are not notified again by the process that they go to', async () => {
    const { one, two, posted } = await twoProcesses();
    await refuseIn(1, one);
    await settleAll();
    await one.changes.release(1);
    await two.changes.onGained([1]);
    await two.changes.onLost([3, 4]);
    await one.changes.onGained([3, 4]);
    await settleAll();
    expect(posted.toSorted()).toEqual(EACH_ONCE);
  });

  it('are notified by the process that they go to where none served them as it was found', async () => {
    const { one, two, posted } = await twoProcesses();
    await two.changes.release(3);
    await refuseIn(1, one);
    await settleAll();
    expect(posted.toSorted()).toEqual(['1', '2', '4']);
    await one.changes.onGained([3]);
    await settleAll();
    expect(posted.toSorted()).toEqual(EACH_ONCE);
  });

  it('are not let go before a notice is kept that is being written', async () => {
    const { opened, open } = held();
    const slow = (records: MemoryRecords): MemoryRecords => ({
      ...records,
      async write(rows) {
        if (rows.some(({ key }) => key.startsWith('notice:'))) await opened;
        await records.write(rows);
      },
    });
    const { one, two, posted } = await twoProcesses(slow);
    const found = refuseIn(1, one);
    await settleAll();
    const moved = one.changes.release(1).then(async () => two.changes.onGained([1]));
    await settleAll();
    expect(posted.toSorted()).toEqual(['3', '4']);
    open();
    await Promise.all([found, moved]);
    await settleAll();
    expect(posted.toSorted()).toEqual(EACH_ONCE);
  });

  it("that are another process's are left to it", async () => {
    const { one, posted } = await twoProcesses();
    const pause: ProviderPause = { id: 'a', provider: 'jimmy', category: 'unauthorized' };
    await one.notices.providerPaused(guildIn(3), pause);
    await one.notices.pauseHeardOf(pause, new Set([2, 3]));
    expect(posted).toEqual(['2']);
  });
});
