import { OWNS_ALL } from '../../src/app/owns-all.ts';
import { describe, expect, it } from 'vitest';
import { startDepartedGuildCleanup } from '../../src/app/departed-guilds.ts';
import type { Loop } from '../../src/app/loop.ts';
import { createGuildPresenceStore } from '../../src/store/guilds/guild-presence-store.ts';
import { NOON, fakeClock, settle } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';
import { memoryRecords } from '../fakes/memory-records.ts';
import type { DeletedGuild } from '../../src/app/ports/guild-presence-port.ts';

const DAY_MS = 86_400_000;

/** Two guilds in the store, and the loop over them, to be started as often as a process is. */
function world() {
  const moments = fakeClock(NOON);
  const sure = { is: true };
  const clock = { ...moments, isSure: () => sure.is };
  const records = memoryRecords();
  records.byKey.set('guild:1', {});
  records.byKey.set('account:guild:2', {});
  const present = new Set(['1', '2']);
  const looks: number[] = [];
  const forgotten: string[] = [];
  const state = {
    isDiscordDown: false,
    forget: (): DeletedGuild | undefined => ({ tasks: 1, lines: 1, held: 0 }),
  };
  const log = recordingLog();
  const start = (): Loop =>
    startDepartedGuildCleanup({
      ownership: OWNS_ALL,
      guildList: {
        list: async () => {
          looks.push(clock.now());
          if (state.isDiscordDown) throw new Error('502');
          return new Set(present);
        },
      },
      presence: createGuildPresenceStore({ records, clock, log }),
      deleteGuildData: async (guildId) => {
        forgotten.push(guildId);
        return state.forget();
      },
      clock,
      log,
    });
  return { clock, sure, records, present, looks, forgotten, state, log, start };
}

describe('the daily look for guilds that removed the bot', () => {
  it('is made at once where none was made, and then every day', async () => {
    const { clock, looks, start } = world();
    const passes = start();
    await clock.advance(3 * DAY_MS);
    expect(looks).toEqual([0, 1, 2, 3].map((day) => NOON + day * DAY_MS));
    await passes.stop();
    expect(clock.timersSet()).toBe(0);
  });

  it('keeps its time over restarts', async () => {
    const { clock, looks, start } = world();
    for (let restart = 0; restart < 10; restart += 1) {
      const passes = start();
      await clock.advance(DAY_MS / 5);
      await passes.stop();
    }
    expect(looks).toEqual([NOON, NOON + DAY_MS, NOON + 2 * DAY_MS]);
  });

  it('forgets a guild 30 days after it was first missed, and not before', async () => {
    const { clock, present, forgotten, start } = world();
    present.delete('2');
    const passes = start();
    await clock.advance(30 * DAY_MS - 1);
    expect(forgotten).toEqual([]);
    await clock.advance(1);
    expect(forgotten).toEqual(['2']);
    await passes.stop();
  });

  it('begins to count anew when a guild has come back', async () => {
    const { clock, present, forgotten, start } = world();
    present.delete('2');
    const passes = start();
    await clock.advance(29 * DAY_MS);
    present.add('2');
    await clock.advance(DAY_MS);
    present.delete('2');
    await clock.advance(30 * DAY_MS);
    expect(forgotten).toEqual([]);
    await clock.advance(DAY_MS);
    expect(forgotten).toEqual(['2']);
    await passes.stop();
  });

  it('concludes nothing from a look that failed, and looks again within the hour', async () => {
    const { clock, records, present, looks, state, log, start } = world();
    state.isDiscordDown = true;
    present.clear();
    const before = [...records.byKey.keys()];
    const passes = start();
    await settle();
    expect([...records.byKey.keys()]).toEqual(before);
    expect(log.lines.map(({ level }) => level)).toEqual(['warn']);
    state.isDiscordDown = false;
    present.add('1').add('2');
    await clock.advance(3_600_000);
    expect(looks).toEqual([NOON, NOON + 3_600_000]);
    expect([...records.byKey.keys()].filter((key) => key.startsWith('absent:'))).toEqual([]);
    await passes.stop();
  });

  it('remembers nothing where the store does not answer', async () => {
    const { clock, records, present, looks, start } = world();
    present.delete('2');
    records.failures = 1;
    const passes = start();
    await settle();
    expect(looks).toEqual([]);
    await clock.advance(3_600_000);
    expect(records.byKey.get('absent:2')).toEqual({ since: NOON + 3_600_000 });
    await passes.stop();
  });

  it('comes back to a guild that could not be forgotten, and stops at none', async () => {
    const { clock, records, present, forgotten, state, start } = world();
    present.clear();
    for (const id of ['1', '2']) records.byKey.set(`absent:${id}`, { since: NOON - 31 * DAY_MS });
    state.forget = () => {
      throw new Error('disk full');
    };
    const passes = start();
    await settle();
    expect(forgotten).toEqual(['1', '2']);
    state.forget = () => undefined;
    await clock.advance(DAY_MS);
    expect(forgotten).toEqual(['1', '2', '1', '2']);
    await passes.stop();
  });

  it('looks again after a damaged note, and after one from the future', async () => {
    for (const at of [NOON + DAY_MS, 'yesterday']) {
      const { records, looks, start } = world();
      records.byKey.set('meta:guild-look', { at });
      const passes = start();
      await settle();
      expect(looks).toEqual([NOON]);
      await passes.stop();
    }
  });

  it('waits until it is sure what the time is', async () => {
    const { clock, sure, looks, start } = world();
    sure.is = false;
    const passes = start();
    await clock.advance(3 * DAY_MS);
    expect(looks).toEqual([]);
    sure.is = true;
    await clock.advance(1000);
    expect(looks).toEqual([NOON + 3 * DAY_MS + 1000]);
    await passes.stop();
  });

  it('counts an absence that is said to begin ahead from now on', async () => {
    const { clock, records, present, forgotten, start } = world();
    present.delete('2');
    records.byKey.set('absent:2', { since: NOON + 500 * DAY_MS });
    const passes = start();
    await clock.advance(30 * DAY_MS - 1);
    expect(forgotten).toEqual([]);
    await clock.advance(1);
    expect(forgotten).toEqual(['2']);
    await passes.stop();
  });
});
