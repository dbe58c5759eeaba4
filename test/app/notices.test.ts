import { describe, expect, it } from 'vitest';
import { createGuildBook } from '../../src/app/guild-book.ts';
import { createNotices } from '../../src/app/notices.ts';
import { GUILD_ID, aTask } from '../fakes/a-task.ts';
import { fakeClock } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';
import { memoryRecords } from '../fakes/memory-records.ts';

describe('notices over a store that fails', () => {
  it('never throw: nobody waits for them, so nobody would hear', async () => {
    const records = memoryRecords();
    const clock = fakeClock();
    const log = recordingLog();
    const guilds = createGuildBook({ records, clock, log });
    const notices = createNotices({ records, guilds, port: { post: async () => {} }, clock, log });
    records.failures = Infinity;
    const told = await Promise.allSettled([
      notices.held(aTask()),
      notices.lostAccess(aTask()),
      notices.providerPaused(GUILD_ID, 'jimmy', 'unauthorized'),
    ]);
    expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
  });
});
