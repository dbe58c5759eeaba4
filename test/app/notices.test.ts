import { OWNS_ALL } from '../../src/app/owns-all.ts';
import { describe, expect, it } from 'vitest';
import { createGuildSettingsStore } from '../../src/store/guilds/guild-settings-store.ts';
import { createNotices } from '../../src/store/notices/notices.ts';
import { z } from 'zod';
import { DEFAULT_SETTINGS, guildSettingsSchema } from '../../src/domain/guild-settings.ts';
import { noticeKey } from '../../src/store/notices/notice-record.ts';
import { changeZone, initialZone } from '../../src/domain/ledger/zone-setting.ts';
import { GUILD_ID, TASK_ID, aTask } from '../fakes/a-task.ts';
import { NOON, fakeClock } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';
import { memoryRecords } from '../fakes/memory-records.ts';

describe('notices over a store that fails', () => {
  it('never throw: nobody waits for them, so nobody would hear', async () => {
    const records = memoryRecords();
    const clock = fakeClock();
    const log = recordingLog();
    const guilds = createGuildSettingsStore({ records, clock, log });
    const notices = createNotices({
      ownership: OWNS_ALL,
      records,
      guilds,
      port: { post: async () => {} },
      clock,
      log,
    });
    records.failures = Infinity;
    const notified = await Promise.allSettled([
      notices.held(aTask()),
      notices.lostAccess(aTask()),
      notices.providerPaused(GUILD_ID, { id: 'a', provider: 'jimmy', category: 'unauthorized' }),
      notices.otherModel(aTask(), 'another'),
      notices.galleryUnreachable(GUILD_ID, '1'),
    ]);
    expect(new Set(notified.map(({ status }) => status))).toEqual(new Set(['fulfilled']));
  });
});

it('another model than was sent is told once a day for each', async () => {
  const records = memoryRecords();
  const clock = fakeClock();
  const log = recordingLog();
  const guilds = createGuildSettingsStore({ records, clock, log });
  const port = { post: async () => {} };
  const notices = createNotices({ ownership: OWNS_ALL, records, guilds, port, clock, log });
  await notices.otherModel(aTask(), 'cheap');
  await notices.otherModel(aTask(), 'cheap');
  await notices.otherModel(aTask(), 'cheaper');
  await clock.advance(86_400_001);
  await notices.otherModel(aTask(), 'cheap');
  const named = (await notices.list(GUILD_ID)).map(({ about }) => 'named' in about && about.named);
  expect(named).toEqual(['cheap', 'cheaper', 'cheap']);
});

describe('notices that a wrong clock dated', () => {
  it.each([
    ['500 days ahead', NOON + 500 * 86_400_000],
    ['before the time was known', 1234],
  ])('%s are of now, and push out none that is newer', async (_, at) => {
    const records = memoryRecords();
    const clock = fakeClock();
    const log = recordingLog();
    const guilds = createGuildSettingsStore({ records, clock, log });
    const notices = createNotices({
      ownership: OWNS_ALL,
      records,
      guilds,
      port: { post: async () => {} },
      clock,
      log,
    });
    for (let number = 0; number < 20; number += 1) {
      const about = { kind: 'lost-access', taskId: String(number), channelId: '1' } as const;
      // Of many starts, so that they share their order.
      records.byKey.set(noticeKey(GUILD_ID, at + number, '000000001'), { at: at + number, about });
    }
    await clock.advance(1000);
    await notices.held(aTask());
    const listed = await notices.list(GUILD_ID);
    expect(listed.map((notice) => notice.at)).toEqual(listed.map(() => NOON + 1000));
    expect(listed).toHaveLength(20);
    await clock.advance(1000);
    await notices.lostAccess(aTask());
    const [newest] = await notices.list(GUILD_ID);
    expect(newest).toMatchObject({ at: NOON + 2000, about: { taskId: TASK_ID } });
    const kinds = (await notices.list(GUILD_ID)).map(({ about }) => about.kind);
    expect(kinds.filter((kind) => kind === 'held')).toHaveLength(1);
  });
});

it('changes by admins that a wrong clock dated ahead are of when they are found', async () => {
  const records = memoryRecords();
  const clock = fakeClock();
  const book = createGuildSettingsStore({ records, clock, log: recordingLog() });
  const entry = { by: '1', what: 'language', from: 'en', to: 'zh-CN' };
  const at = NOON + 500 * 86_400_000;
  const key = `audit:${GUILD_ID}:${String(at).padStart(15, '0')}-000000001`;
  records.byKey.set(key, { ...entry, at });
  await expect(book.audit(GUILD_ID, 10)).resolves.toEqual([{ ...entry, at: NOON }]);
  await clock.advance(1000);
  await book.change(GUILD_ID, (settings) => settings, { ...entry, what: 'zone' });
  const audit = await book.audit(GUILD_ID, 10);
  expect(audit.map(({ what }) => what)).toEqual(['zone', 'language']);
});

it('a change of zone that a wrong clock put off comes with the end of the running window', async () => {
  const records = memoryRecords();
  const clock = fakeClock();
  const ahead = changeZone(initialZone('UTC'), 'Asia/Tokyo', NOON + 500 * 86_400_000);
  const settings = { ...DEFAULT_SETTINGS, zone: ahead };
  const value = z.encode(guildSettingsSchema, settings);
  records.byKey.set(`guild:${GUILD_ID}`, value);
  const open = () =>
    createGuildSettingsStore({ records, clock, log: recordingLog() }).get(GUILD_ID);
  const { zone } = await open();
  expect(zone).toEqual(changeZone(initialZone('UTC'), 'Asia/Tokyo', NOON));
  // For good: found a day later it is not put off again.
  await clock.advance(86_400_000);
  expect((await open()).zone).toEqual(zone);
});
