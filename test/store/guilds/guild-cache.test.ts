import { describe, expect, it } from 'vitest';
import { createOwnedSlots } from '../../../src/app/slots/owned-slots.ts';
import { NotOurs } from '../../../src/app/slots/not-ours.ts';
import { createGuildSettingsStore } from '../../../src/store/guilds/guild-settings-store.ts';
import { fakeClock, settle } from '../../fakes/clock.ts';
import { guildIn } from '../../fakes/guild-in.ts';
import { held } from '../../fakes/held.ts';
import { recordingLog } from '../../fakes/log.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';

const ENTRY = { by: '1', what: 'notices', from: '', to: 'x' };
const nothing = async (): Promise<void> => undefined;
const shared = { clock: fakeClock(), log: recordingLog() };

describe('settings of a server that another process had meanwhile', () => {
  it('are read again, and those of other servers are not', async () => {
    const records = memoryRecords();
    const [first, second] = [1, 2].map(() => createGuildSettingsStore({ records, ...shared }));
    for (const slot of [1, 2]) await first?.get(guildIn(slot));
    for (const slot of [1, 2]) {
      await second?.change(guildIn(slot), (before) => ({ ...before, notices: '7' }), ENTRY);
    }
    first?.letGo(new Set([1]));
    const read = await Promise.all([1, 2].map(async (slot) => first?.get(guildIn(slot))));
    expect(read.map((settings) => settings?.notices)).toEqual(['7', undefined]);
  });

  it('that were being read when it went are read once more', async () => {
    const records = memoryRecords();
    const turn = held();
    let reads = 0;
    const store = createGuildSettingsStore({
      records: {
        ...records,
        async get(key) {
          const value = await records.get(key);
          reads += 1;
          if (reads === 1) await turn.opened;
          return value;
        },
      },
      ...shared,
    });
    const reading = store.get(guildIn(1));
    await settle();
    const other = createGuildSettingsStore({ records, ...shared });
    await other.change(guildIn(1), (before) => ({ ...before, notices: '7' }), ENTRY);
    store.letGo(new Set([1]));
    turn.open();
    await expect(reading).resolves.toMatchObject({ notices: '7' });
  });

  it('are changed by its owner alone', async () => {
    const records = memoryRecords();
    const { ownership, changing } = createOwnedSlots({ isValidFor: () => true }, shared.log);
    const store = createGuildSettingsStore({ records, ...shared, ownership });
    const changes = changing({
      resume: nothing,
      endSteps: nothing,
      letGo: nothing,
      lose: () => undefined,
      takeLateAnswer: async () => true,
    });
    const change = async () =>
      store.change(guildIn(1), (before) => ({ ...before, notices: '7' }), ENTRY);
    await changes.onGained([1]);
    await change();
    void changes.onLost([1]);
    await expect(change()).rejects.toThrow(NotOurs);
  });
});
