import { describe, expect, it } from 'vitest';
import { createGuildSettingsStore } from '../../src/store/guilds/guild-settings-store.ts';
import { emptyAccount } from '../../src/domain/ledger/account.ts';
import { keysOf } from '../../src/domain/ledger/windows.ts';
import { initialZone, windowsIn } from '../../src/domain/ledger/zone-setting.ts';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { denialText } from '../../src/discord/render/denial-text.ts';
import { noticeText } from '../../src/discord/render/notice-text.ts';
import { applyEdits } from '../../src/discord/options/edit.ts';
import { readEdits } from '../../src/discord/settings/read-edits.ts';
import { settingsAnswer } from '../../src/discord/settings/settings-answer.ts';
import { GUILD_ID, MEMBER_ID, INTERACTION_ID } from '../fakes/a-task.ts';
import { shownText } from '../fakes/shown-text.ts';
import { NOON, fakeClock } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';
import { memoryRecords } from '../fakes/memory-records.ts';
import { videoDesk } from '../fakes/video-desk.ts';
import { guildAccountKey } from '../../src/domain/ledger/account-key.ts';
import { noticeSchema } from '../../src/domain/notice.ts';
import { CATALOGUE } from '../fakes/catalogue.ts';

const KEY = `guild:${GUILD_ID}`;
const EN = messagesFor('en');
const RULE = { subject: { kind: 'everyone' }, measure: 'videos', window: 'day', limit: '3' };

/** A guild whose record has this in it, and its admins' commands. */
function guildOf(stored: unknown, zone?: string) {
  const records = memoryRecords();
  records.byKey.set(KEY, stored);
  if (zone !== undefined) {
    const account = emptyAccount(keysOf(windowsIn(initialZone(zone), NOON)));
    const text = JSON.stringify(account, (_key, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    );
    records.byKey.set(guildAccountKey(GUILD_ID), JSON.parse(text));
  }
  const clock = fakeClock();
  const log = recordingLog();
  const guilds = createGuildSettingsStore({ records, clock, log });
  const context = { messages: EN, currency: undefined, nowMs: NOON, nameOf: (id: string) => id };
  const set = async (options: Readonly<Record<string, string | boolean>>): Promise<string> => {
    const read = readEdits('money', new Map(Object.entries(options)), { ...context, routesOn: [] });
    if ('complaint' in read) return read.complaint;
    const editor = { guilds, guildId: GUILD_ID, by: MEMBER_ID, callId: INTERACTION_ID };
    return (await applyEdits(editor, read.edits)).reply;
  };
  const shown = async (): Promise<string> =>
    shownText(settingsAnswer(await guilds.get(GUILD_ID), context));
  return { records, guilds, log, set, shown };
}

const WHOLE = {
  rules: [RULE],
  zone: initialZone('Asia/Shanghai'),
  channels: [],
  routes: [],
  refusedWords: ['secret'],
  blockedMembers: [MEMBER_ID],
  finishPing: false,
};

const SPANS = initialZone('UTC').spans;

describe('a guild whose settings are damaged', () => {
  it.each<[string, unknown]>([
    ['in one field', { ...WHOLE, rules: 'none' }],
    ['altogether', 'clapper'],
    [
      'with a zone from beyond every calendar',
      {
        ...WHOLE,
        zone: { zone: 'UTC', spans: { ...SPANS, day: [{ zone: 'UTC', fromMs: 9e15 }] } },
      },
    ],
  ])('%s makes no videos, and says so to members and admins', async (_what, stored) => {
    const desk = videoDesk();
    desk.records.byKey.set(KEY, stored);
    const answer = await desk.accept(desk.call());
    expect(answer).toEqual({ kind: 'denied', denial: { kind: 'closed' } });
    expect(
      denialText({ kind: 'closed' }, EN, { priceList: undefined, catalogue: CATALOGUE }),
    ).toMatch(/damaged.*reopen/);
    expect(desk.acknowledged).toEqual([]);
    expect(desk.records.byKey.get(`quarantine:${KEY}`)).toEqual({ at: NOON, was: stored });
    expect(desk.log.lines).toMatchObject([{ level: 'error', fields: { record: KEY } }]);
    const notices = [...desk.records.byKey].filter(([key]) => key.startsWith('notice:'));
    const [notice] = notices.map(([, value]) => noticeSchema.parse(value));
    if (notice === undefined) throw new Error('the admins were not told');
    expect(noticeText(notice, EN, CATALOGUE)).toMatch(/settings .* damaged/);
  });

  it('keeps every field that can be read', async () => {
    const { guilds } = guildOf({ ...WHOLE, rules: [RULE, { measure: 'all of them' }] });
    await expect(guilds.get(GUILD_ID)).resolves.toMatchObject({
      rules: [],
      zone: { zone: 'Asia/Shanghai' },
      refusedWords: ['secret'],
      blockedMembers: [MEMBER_ID],
      closedSince: NOON,
    });
  });

  it('stays closed over other changes and restarts, until an admin opens it', async () => {
    const { guilds, set, shown, records } = guildOf('clapper');
    expect(await shown()).toContain('Closed since');
    await set({ timezone: 'Asia/Shanghai' });
    await guilds.change(GUILD_ID, (before) => ({ ...before, routes: ['jimmy/sd2_mx'] }), {
      by: MEMBER_ID,
      what: 'models',
      from: 'every one',
      to: 'one',
    });
    expect(await set({ reopen: false })).toContain('Closed since');
    const restarted = createGuildSettingsStore({
      records,
      clock: fakeClock(),
      log: recordingLog(),
    });
    await expect(restarted.get(GUILD_ID)).resolves.toMatchObject({ closedSince: NOON });
    expect(await set({ reopen: true })).toMatch(/^Open/);
    expect(await set({ reopen: true })).toContain('No change.');
    expect(await shown()).not.toContain('Closed since');
    const audit = await guilds.audit(GUILD_ID, 10);
    expect(audit.map(({ by, what, to }) => [by, what, to])).toContainEqual([
      'the bot',
      'settings',
      'closed',
    ]);
    expect(audit[0]).toMatchObject({ by: MEMBER_ID, from: 'closed', to: 'open' });
  });

  it.each(['Asia/Shanghai', 'Pacific/Honolulu', 'UTC'])(
    'that counted in %s goes on in the windows that are running, also when the zone is set again',
    async (zone) => {
      const { guilds, set } = guildOf('clapper', zone);
      const running = keysOf(windowsIn(initialZone(zone), NOON));
      const closed = await guilds.get(GUILD_ID);
      expect(keysOf(windowsIn(closed.zone, NOON))).toEqual(running);
      await set({ timezone: zone });
      expect(keysOf(windowsIn((await guilds.get(GUILD_ID)).zone, NOON))).toEqual(running);
    },
  );

  it('is quarantined once, however many ask at the same time', async () => {
    const { guilds, log } = guildOf('clapper');
    const all = await Promise.all([1, 2, 3].map(async () => guilds.get(GUILD_ID)));
    expect(new Set(all).size).toBe(1);
    expect(log.lines).toHaveLength(1);
  });

  it('that does not answer is not taken for damaged', async () => {
    const { guilds, records } = guildOf(WHOLE);
    records.failures = 1;
    await expect(guilds.get(GUILD_ID)).rejects.toThrow('disk full');
    await expect(guilds.get(GUILD_ID)).resolves.toMatchObject({ blockedMembers: [MEMBER_ID] });
  });
});
