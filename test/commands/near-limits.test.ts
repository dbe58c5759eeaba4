import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import {
  NOT_COMPARED,
  membersNearLimits,
  notesFrame,
} from '../../src/discord/usage/near-limits.ts';
import { DEFAULT_SETTINGS } from '../../src/domain/guild-settings.ts';
import type { Language } from '../../src/domain/language.ts';
import type { Usage } from '../../src/domain/ledger/amounts.ts';
import type { Rule } from '../../src/domain/ledger/rules.ts';
import { initialZone, windowsIn } from '../../src/domain/ledger/zone-setting.ts';
import { NOON } from '../fakes/clock.ts';

const en = messagesFor('en');
const GUILD = '120000000000000001';
const ADA = '150000000000000001';
const ROLE = '140000000000000001';

const aDay = (subject: Rule['subject']): Rule => ({
  subject,
  measure: 'videos',
  window: 'day',
  limit: 5n,
});

/** What the notes say in a server with these rules, where Ada made this many videos. */
async function notesIn(
  rules: readonly Rule[],
  videos: bigint,
  language: Language = 'en',
): Promise<string | undefined> {
  const used = { videos, seconds: 0n, cost: 0n };
  const usage: Usage = { day: used, week: used, month: used, total: used };
  const windows = windowsIn(initialZone('UTC'), NOON);
  const sums = { windows, guild: usage, member: usage };
  const near = await membersNearLimits(GUILD, [{ key: ADA }], {
    guilds: { get: async () => ({ ...DEFAULT_SETTINGS, rules: [...rules] }) },
    accounts: { readCached: async () => sums },
  });
  const frame = notesFrame(near, { isMissing: false, currency: 'USD' }, messagesFor(language));
  return frame === undefined ? undefined : JSON.stringify(frame.parts);
}

describe('who is near a limit', () => {
  it.each([
    ['en', { kind: 'everyone' }, `<@${ADA}> has used 4 of 5 videos today (limit for each member)`],
    ['en', { kind: 'member', id: ADA }, `<@${ADA}> has used 4 of 5 videos today (their own limit)`],
    ['zh-CN', { kind: 'everyone' }, `<@${ADA}>：今天的视频额度已用 4/5 个（每位成员的额度）`],
    ['zh-CN', { kind: 'member', id: ADA }, `<@${ADA}>：今天的视频额度已用 4/5 个（个人额度）`],
  ] as const)(
    'says in %s how much of which limit they have used',
    async (language, subject, said) => {
      expect(await notesIn([aDay(subject)], 4n, language)).toContain(said);
    },
  );

  it('says what is not compared where there are limits by role, also if nobody is near one', async () => {
    const byRole = aDay({ kind: 'role', id: ROLE });
    const alone = await notesIn([byRole], 1n);
    expect(alone).toContain(en.near.roles);
    expect(alone).not.toContain(en.near.title);
    const both = await notesIn([byRole, aDay({ kind: 'everyone' })], 5n);
    expect(both).toContain(`<@${ADA}> has used 5 of 5 videos today (limit for each member)`);
    expect(both).toContain(en.near.roles);
  });

  it('says nothing of roles where no limit is by role', async () => {
    expect(await notesIn([aDay({ kind: 'everyone' })], 5n)).not.toContain(en.near.roles);
    // It means everyone.
    expect(await notesIn([aDay({ kind: 'role', id: GUILD })], 5n)).not.toContain(en.near.roles);
    expect(await notesIn([aDay({ kind: 'guild' })], 5n)).toBeUndefined();
    expect(notesFrame(NOT_COMPARED, { isMissing: false, currency: 'USD' }, en)).toBeUndefined();
  });
});
