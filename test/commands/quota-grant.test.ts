import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { applyEdits } from '../../src/discord/options/edit.ts';
import { MAX_GRANTS, grantEdit } from '../../src/discord/quota/grant-edit.ts';
import type { WantedGrant } from '../../src/discord/quota/grant-edit.ts';
import { ruleListAnswer } from '../../src/discord/quota/rule-list.ts';
import { openGrants } from '../../src/domain/ledger/grants.ts';
import type { Grant } from '../../src/domain/ledger/grants.ts';
import type { Rule } from '../../src/domain/ledger/rules.ts';
import { keysOf, operatorWindows } from '../../src/domain/ledger/windows.ts';
import { createGuildSettingsStore } from '../../src/store/guilds/guild-settings-store.ts';
import { fakeClock } from '../fakes/clock.ts';
import { shownText } from '../fakes/shown-text.ts';
import { recordingLog } from '../fakes/log.ts';
import { memoryRecords } from '../fakes/memory-records.ts';

const en = messagesFor('en');
const wording = { messages: en, currency: 'USD' };
const GUILD = '120000000000000001';
const ROLE = '140000000000000001';
const MEMBER = '150000000000000001';
const NOON = Date.UTC(2026, 10, 20, 12);
const DAY_END = Date.UTC(2026, 10, 21) / 1000;
const MONTH_END = Date.UTC(2026, 11, 1) / 1000;

const aRule = (changes: Partial<Rule> = {}): Rule => ({
  subject: { kind: 'everyone' },
  measure: 'videos',
  window: 'day',
  limit: 5n,
  ...changes,
});

async function houseOf(rules: readonly Rule[], grants: readonly Grant[] = []) {
  const records = memoryRecords();
  const parts = { records, clock: fakeClock(), log: recordingLog() };
  const guilds = createGuildSettingsStore(parts);
  const entry = { by: 'admin', what: 'start', from: '', to: '' };
  await guilds.change(
    GUILD,
    (before) => ({ ...before, rules: [...rules], grants: [...grants] }),
    entry,
  );
  return {
    guilds,
    /** The settings as a start would read them. */
    stored: async () => createGuildSettingsStore(parts).get(GUILD),
    grant: async (amount: bigint, changes: Partial<WantedGrant> = {}): Promise<string> => {
      const wanted: WantedGrant = {
        guildId: GUILD,
        memberId: MEMBER,
        roleIds: [ROLE],
        measure: 'videos',
        amount,
        nowMs: NOON,
        ...changes,
      };
      const editor = { guilds, guildId: GUILD, by: 'admin', callId: '160000000000000001' };
      return (await applyEdits(editor, [grantEdit(wanted, wording)])).reply;
    },
  };
}

const kept = (grants: readonly Grant[] = []): string[] =>
  grants.map(({ memberId, measure, window, amount }) =>
    [memberId, measure, window, amount].join(' '),
  );

const manyGrants = (windowKey: string): Grant[] =>
  Array.from({ length: MAX_GRANTS }, (_, index) => ({
    memberId: String(index),
    measure: 'videos',
    window: 'day',
    windowKey,
    amount: 1n,
  }));

describe('a grant to a member', () => {
  it('raises every limit that holds for them, and says which and until when', async () => {
    const { grant, stored } = await houseOf([
      aRule({ subject: { kind: 'role', id: ROLE } }),
      aRule({ subject: { kind: 'role', id: ROLE }, window: 'month', limit: 20n }),
      aRule({ subject: { kind: 'role', id: ROLE }, window: 'total', limit: 90n }),
      aRule({ window: 'week' }),
      aRule({ subject: { kind: 'guild' }, window: 'week', limit: 50n }),
      aRule({ measure: 'seconds', window: 'week' }),
    ]);
    expect((await grant(2n)).split('\n')).toEqual([
      `Granted to <@${MEMBER}>: **2 videos** more.`,
      `- **5 videos a day for each member with <@&${ROLE}>** → **7 videos**, until <t:${DAY_END}:f>`,
      `- **20 videos a month for each member with <@&${ROLE}>** → **22 videos**, until <t:${MONTH_END}:f>`,
      `- **90 videos in total for each member with <@&${ROLE}>** → **92 videos**, permanently`,
      en.grants.serverStands,
    ]);
    expect(kept((await stored()).grants)).toEqual([
      `${MEMBER} videos day 2`,
      `${MEMBER} videos month 2`,
      `${MEMBER} videos total 2`,
    ]);
  });

  it('adds to the earlier one, and is in the audit', async () => {
    const { grant, guilds } = await houseOf([aRule({ measure: 'cost', limit: 5_000_000n })]);
    await grant(500_000n, { measure: 'cost' });
    expect(await grant(1_000_000n, { measure: 'cost' })).toContain('→ **$6.50**');
    expect((await guilds.audit(GUILD, 2)).map(({ what, from, to }) => [what, from, to])).toEqual([
      [`grant to member ${MEMBER}: cost`, 'day $0.50', 'day $1.50'],
      [`grant to member ${MEMBER}: cost`, 'day $0.00', 'day $0.50'],
    ]);
  });

  it.each([
    ['their own limits, where there are any', { kind: 'member', id: MEMBER }, 'month'],
    ['those of everyone, where nothing else holds', { kind: 'role', id: GUILD }, 'month'],
  ] as const)('raises %s', async (_what, subject, window) => {
    const { grant, stored } = await houseOf([
      aRule({ subject, window }),
      aRule({ subject: { kind: 'member', id: 'another' } }),
    ]);
    await grant(1n);
    expect(kept((await stored()).grants)).toEqual([`${MEMBER} videos ${window} 1`]);
  });

  it('raises a limit of 0 as well', async () => {
    const { grant } = await houseOf([aRule({ limit: 0n })]);
    expect(await grant(3n)).toContain('→ **3 videos**');
  });

  it('is refused where no limit of theirs holds, which it says', async () => {
    const nothing = await houseOf([aRule({ measure: 'cost' })]);
    expect(await nothing.grant(1n)).toBe(en.grants.nothingToRaise(`<@${MEMBER}>`, 'videos'));
    const ofServer = await houseOf([aRule({ subject: { kind: 'guild' } })]);
    expect(await ofServer.grant(1n)).toBe(en.grants.serverOnly(`<@${MEMBER}>`, 'videos'));
    expect((await ofServer.stored()).grants).toEqual([]);
  });

  it('is refused beyond the maximum, of which those that ended are not counted', async () => {
    const full = await houseOf([aRule()], manyGrants('2026-11-20T00:00:00.000Z'));
    expect(await full.grant(1n)).toBe(en.grants.tooMany(MAX_GRANTS));
    const ended = await houseOf([aRule()], manyGrants('2026-11-19T00:00:00.000Z'));
    expect(await ended.grant(1n)).toContain('→ **6 videos**');
    expect((await ended.stored()).grants).toHaveLength(1);
  });
});

describe('the list of limits', () => {
  it('shows what is granted in the current windows', async () => {
    const { grant, guilds } = await houseOf([aRule(), aRule({ window: 'total' })]);
    await grant(2n);
    const { rules, grants = [] } = await guilds.get(GUILD);
    const windows = operatorWindows(NOON);
    const lines = shownText(ruleListAnswer({ rules, grants, windows }, wording)).split('\n');
    expect(lines.slice(-4, -1)).toEqual([
      '**Granted**',
      `- <@${MEMBER}>: 2 videos more a day, until <t:${DAY_END}:f>`,
      `- <@${MEMBER}>: 2 videos more in total, permanently`,
    ]);
    const later = operatorWindows(NOON + 86_400_000);
    const content = shownText(ruleListAnswer({ rules, grants, windows: later }, wording));
    expect(content).not.toContain('more a day');
    expect(openGrants(grants, keysOf(later))).toHaveLength(1);
  });
});
