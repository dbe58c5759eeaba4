import { expect, it } from 'vitest';
import { createGuildSettingsStore } from '../../../src/store/guilds/guild-settings-store.ts';
import { GUILD_ID } from '../../fakes/a-task.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { recordingLog } from '../../fakes/log.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';

it('applies what is on the disk where a write was reported as failed', async () => {
  const records = memoryRecords();
  const store = createGuildSettingsStore({ records, clock: fakeClock(), log: recordingLog() });
  const set = async (model: string) =>
    store.change(GUILD_ID, (settings) => ({ ...settings, defaultModel: model }));
  await set('jimmy/seedance2.0-sp');
  records.failures = 1;
  await expect(set('auto')).rejects.toThrow('disk full');
  expect((await store.get(GUILD_ID)).defaultModel).toBe('jimmy/seedance2.0-sp');
  records.lostAnswers = 1;
  await expect(set('auto')).rejects.toThrow('after the fact');
  expect((await store.get(GUILD_ID)).defaultModel).toBe('auto');
});
