import { replyText } from '../fakes/reply-text.ts';
import { shownText } from '../fakes/shown-text.ts';
import { describe, expect, it } from 'vitest';
import { createGuildSettingsStore } from '../../src/store/guilds/guild-settings-store.ts';
import type { GuildSettings } from '../../src/domain/guild-settings.ts';
import type { Language } from '../../src/domain/language.ts';
import { changeZone, initialZone } from '../../src/domain/ledger/zone-setting.ts';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { auditText } from '../../src/discord/settings/audit-text.ts';
import { settingsDefinition } from '../../src/discord/settings/definition.ts';
import { applyEdits } from '../../src/discord/options/edit.ts';
import type { OptionValue } from '../../src/discord/options/option-value.ts';
import { readEdits } from '../../src/discord/settings/read-edits.ts';
import { SETTING_GROUPS, SETTING_GROUP_NAMES } from '../../src/discord/settings/groups.ts';
import type { SettingGroup } from '../../src/discord/settings/groups.ts';
import { settingsAnswer } from '../../src/discord/settings/settings-answer.ts';
import { NOON, fakeClock } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';
import { memoryRecords } from '../fakes/memory-records.ts';
import { CATALOGUE, ROUTE_IDS, routeOf } from '../fakes/catalogue.ts';

const en = messagesFor('en');
const GUILD = '120000000000000001';
const CHANNEL = '130000000000000001';
const MEMBER = '150000000000000001';
const ADMIN = '150000000000000002';
const CALL = '160000000000000001';
const ROUTE = routeOf('jimmy/sd2_mx');
const OTHER = routeOf('jimmy/seedance2.0-sp');

type Options = Readonly<Record<string, OptionValue>>;

/** The group that has these options; `clear` alone is in several. */
function groupOf(options: Options): SettingGroup {
  const [first = 'language'] = Object.keys(options);
  return (
    SETTING_GROUP_NAMES.find((name) => SETTING_GROUPS[name].some((known) => known === first)) ??
    'messages'
  );
}

const nameOf = (id: string): string => `the model ${id}`;

function house(currency: string | undefined = 'USD') {
  const guilds = createGuildSettingsStore({
    records: memoryRecords(),
    clock: fakeClock(),
    log: recordingLog(),
  });
  const set = async (
    options: Options,
    {
      group = groupOf(options),
      language = 'en',
    }: { group?: SettingGroup; language?: Language } = {},
  ): Promise<string> => {
    const context = {
      messages: messagesFor(language),
      routesOn: [ROUTE, OTHER],
      currency: currency === '' ? undefined : currency,
      nowMs: NOON,
      nameOf,
    };
    const read = readEdits(group, new Map(Object.entries(options)), context);
    if ('complaint' in read) return read.complaint;
    const editor = { guilds, guildId: GUILD, by: ADMIN, callId: CALL };
    return (await applyEdits(editor, read.edits)).reply;
  };
  return {
    guilds,
    set,
    settings: async () => {
      const { undoable: _undoable, proposals: _proposals, ...decided } = await guilds.get(GUILD);
      return decided;
    },
    audit: async () => guilds.audit(GUILD, 50),
  };
}

const at = (...date: [number, number, number]): string => `<t:${Date.UTC(...date) / 1000}:f>`;

describe('/settings set', () => {
  it.each<[Options, Partial<GuildSettings>, what: string, from: string, to: string]>([
    [
      { channel_add: CHANNEL },
      { channels: [CHANNEL] },
      'allowed channels',
      `without channel ${CHANNEL}`,
      `with channel ${CHANNEL}`,
    ],
    [
      { route_add: ROUTE.id },
      { routes: [ROUTE.id] },
      'allowed models',
      `without model ${ROUTE.id}`,
      `with model ${ROUTE.id}`,
    ],
    [
      { word_add: ' Bad  word ' },
      { refusedWords: ['Bad  word'] },
      'refused words',
      'without word "Bad  word"',
      'with word "Bad  word"',
    ],
    [
      { member_block: MEMBER },
      { blockedMembers: [MEMBER] },
      'blocked members',
      `without member ${MEMBER}`,
      `with member ${MEMBER}`,
    ],
    [
      { confirm_above: '1.5' },
      { confirmAbove: 1_500_000n },
      'price to be confirmed',
      'off',
      'above $1.50',
    ],
    [
      { language: 'zh-CN' },
      { language: 'zh-CN' },
      'language of task messages',
      "the caller's",
      'zh-CN',
    ],
    [{ notices: CHANNEL }, { notices: CHANNEL }, 'notices', 'off', `channel ${CHANNEL}`],
    [{ finish_ping: true }, { finishPing: true }, 'finish ping', 'off', 'on'],
    [{ default_model: ROUTE.id }, { defaultModel: ROUTE.id }, 'default model', 'none', ROUTE.id],
    [{ reuse: 'caller' }, { reuse: 'caller' }, 'reuse', 'everyone', 'caller'],
    [{ animate: 'everyone' }, { animate: 'everyone' }, 'animate', 'own', 'everyone'],
    [{ assets: 'everyone' }, { assets: 'everyone' }, 'assets', 'admins', 'everyone'],
    [
      { gallery: CHANNEL, gallery_mode: 'all' },
      { gallery: CHANNEL, galleryMode: 'all' },
      'gallery',
      `channel ${CHANNEL}, share`,
      `channel ${CHANNEL}, all`,
    ],
  ])('sets %j, and writes down who changed what', async (options, expected, what, from, to) => {
    const { set, settings, audit } = house();
    await set(options);
    expect(await settings()).toMatchObject(expected);
    const written = await audit();
    expect(written).toHaveLength(Object.keys(options).length);
    expect(written[0]).toEqual({ at: NOON, by: ADMIN, what, from, to });
    await set(options);
    expect(await audit()).toEqual(written);
  });

  it.each<[Options, Options]>([
    [{ channel_add: CHANNEL }, { channel_remove: CHANNEL }],
    [{ route_add: ROUTE.id }, { route_remove: ROUTE.id }],
    [{ word_add: 'BOAT' }, { word_remove: 'ｂｏａｔ' }],
    [{ member_block: MEMBER }, { member_unblock: MEMBER }],
    [{ confirm_above: '0' }, { confirm_above: 'OFF' }],
    [{ language: 'en' }, { language: 'caller' }],
    [{ notices: CHANNEL }, { notices_off: true }],
    [{ finish_ping: true }, { finish_ping: false }],
    [{ default_model: ROUTE.id }, { default_model: 'none' }],
    [{ gallery: CHANNEL }, { gallery_mode: 'off' }],
  ])('takes %j back by %j', async (on, off) => {
    const { set, settings, audit } = house();
    const before = await settings();
    await set(on);
    expect(await settings()).not.toEqual(before);
    await set(off);
    expect(await settings()).toEqual(before);
    expect(await audit()).toHaveLength(2);
    await set(off);
    expect(await audit()).toHaveLength(2);
  });

  it.each<[Options, SettingGroup]>([
    [{ channel_add: CHANNEL }, 'channels'],
    [{ route_add: ROUTE.id }, 'models'],
    [{ word_add: 'boat' }, 'words'],
    [{ member_block: MEMBER }, 'members'],
  ])('empties the list of %j by clearing %s', async (on, group) => {
    const { set, settings, audit } = house();
    const before = await settings();
    await set(on);
    await set({ clear: true }, { group });
    expect(await settings()).toEqual(before);
    await set({ clear: true }, { group });
    expect(await audit()).toHaveLength(2);
    expect(await set({ clear: false }, { group })).toBe(en.settingsCommand.nothingGiven);
  });

  it('has no list to clear elsewhere, and no options of other groups', async () => {
    const { set, audit } = house();
    for (const group of ['messages', 'money'] as const) {
      const options = { clear: true, channel_add: CHANNEL };
      expect(await set(options, { group })).toBe(en.settingsCommand.nothingGiven);
    }
    expect(await audit()).toEqual([]);
  });

  it('says that a default model has no effect while it is not allowed', async () => {
    const { set } = house();
    expect(await set({ default_model: ROUTE.id })).toBe(`Default model: **${nameOf(ROUTE.id)}**.`);
    await set({ default_model: 'none' });
    await set({ route_add: OTHER.id });
    expect(await set({ default_model: ROUTE.id })).toContain(en.sharing.defaultNotAllowed);
  });

  it('makes several changes in one call, each with its own line in the audit', async () => {
    const { set, settings, audit } = house();
    await set({ channel_add: MEMBER });
    const notified = await set({ channel_add: CHANNEL, clear: true, channel_remove: MEMBER });
    expect(notified.split('\n')).toHaveLength(3);
    expect(await settings()).toMatchObject({ channels: [CHANNEL] });
    expect(await audit()).toHaveLength(3);
  });

  it.each<[Options, string]>([
    [{}, en.settingsCommand.nothingGiven],
    [{ timezone: 'Mars/Olympus' }, '`timezone`: '],
    [{ timezone: '+02:00' }, '`timezone`: '],
    [{ confirm_above: '€1' }, '`confirm_above`: amounts here are in USD'],
    [{ confirm_above: '1,5' }, '`confirm_above`: '],
    [{ confirm_above: '100000000000000000000' }, '`confirm_above`: '],
    [{ route_add: 'jimmy/seedance2.0-fast' }, '`route_add`: '],
    [{ route_add: 'nonsense' }, '`route_add`: '],
    [{ default_model: 'nonsense' }, '`default_model`: '],
    [{ word_add: '\u200B\u2060 ' }, '`word_add`: Must contain a letter'],
    [{ word_add: '，' }, '`word_add`: Must contain a letter'],
    [{ word_add: '?! – €' }, '`word_add`: Must contain a letter'],
    [{ word_add: '字'.repeat(101) }, '`word_add`: '],
    [{ notices: CHANNEL, notices_off: true }, '`notices`: '],
  ])('changes nothing on %j, and says why', async (options, why) => {
    const { set, audit } = house();
    expect(await set({ ...options, ...('notices' in options ? {} : {}) })).toContain(why);
    expect(await audit()).toEqual([]);
  });

  it('changes nothing at all where one option of several is wrong', async () => {
    const { set, audit } = house();
    const options = { finish_ping: true, timezone: 'nowhere', notices: CHANNEL, notices_off: true };
    expect(await set(options)).toMatch(/^Nothing was changed:\n`timezone`: .*\n`notices`: /);
    expect(await audit()).toEqual([]);
  });

  it.each<Options>([
    { channel_add: 'general' },
    { route_add: 7 },
    { default_model: true },
    { reuse: 'own' },
    { animate: 'caller' },
    { assets: 'constructor' },
    { gallery: 'general' },
    { gallery_mode: 'none' },
    { word_add: 7 },
    { member_block: true },
    { language: 'fr' },
    { notices_off: 'yes' },
    { finish_ping: 'on' },
    { confirm_above: 1 },
    { timezone: false },
  ])('does not understand %j', async (options) => {
    const { set, audit } = house();
    expect(await set(options)).toBe(en.answers.notUnderstood);
    expect(await audit()).toEqual([]);
  });

  it('says what an empty or a first list means', async () => {
    const { set } = house();
    expect(await set({ channel_add: CHANNEL })).toContain('only in the listed channels');
    expect(await set({ channel_remove: CHANNEL })).toContain('**every channel**');
    expect(await set({ route_add: ROUTE.id })).toContain('only the listed models');
    expect(await set({ clear: true }, { group: 'models' })).toContain('**every model**');
  });

  it('says from when a time zone applies: current windows end as planned', async () => {
    const { set, settings } = house();
    expect(await set({ timezone: 'asia/shanghai' })).toBe(
      `Time zone: **Asia/Shanghai**. The current day, week and month finish in the old zone; the new one applies to days from ${at(2026, 10, 21)}, weeks from ${at(2026, 10, 23)} and months from ${at(2026, 11, 1)}.`,
    );
    expect((await settings()).zone.zone).toBe('Asia/Shanghai');
    expect(await set({ timezone: 'UTC' })).toBe('Time zone: **UTC**. In effect.');
  });

  it('warns that without prices every video has to be confirmed', async () => {
    expect(await house('').set({ confirm_above: '1' })).toContain(
      'every video has to be confirmed',
    );
  });

  it.each(['血', 'é', '７', '🔞', 'c++'])('takes the word %s', async (word) => {
    const { set, settings } = house();
    await set({ word_add: word });
    expect((await settings()).refusedWords).toEqual([word.normalize('NFKC')]);
  });

  it('removes a word of punctuation that an earlier version took', async () => {
    const { guilds, set, settings } = house();
    const entry = { by: ADMIN, what: 'refused words', from: '', to: '' };
    await guilds.change(GUILD, (before) => ({ ...before, refusedWords: [','] }), entry);
    await set({ word_remove: '，' });
    expect((await settings()).refusedWords).toEqual([]);
  });

  it('keeps at most 200 words', async () => {
    const { set, settings } = house();
    const given = Array.from({ length: 201 }, (_, n) => set({ word_add: `word ${n}` }));
    const notified = await Promise.all(given);
    expect(notified.filter((answer) => answer.includes('already has 200'))).toHaveLength(1);
    expect((await settings()).refusedWords).toHaveLength(200);
  });

  it('shows a word that looks like a mention as what it is', async () => {
    const notified = await house().set({ word_add: '@everyone <@&140000000000000001> **x**' });
    expect(notified).not.toMatch(/@everyone|(?<!\\)<@|(?<!\\)\*\*x/);
  });
});

const FULL: GuildSettings = {
  rules: [],
  zone: changeZone(initialZone('UTC'), 'America/Argentina/ComodRivadavia', NOON),
  channels: Array.from({ length: 50 }, (_, n) => String(200_000_000_000_000_000n + BigInt(n))),
  routes: [...ROUTE_IDS],
  refusedWords: Array.from({ length: 200 }, (_, n) => `${n}${'*'.repeat(96)}`),
  blockedMembers: Array.from({ length: 500 }, (_, n) =>
    String(300_000_000_000_000_000n + BigInt(n)),
  ),
  confirmAbove: 99_999_999_999_999_999_999_999_999n,
  language: 'zh-CN',
  notices: '200000000000000001',
  finishPing: true,
  defaultModel: ROUTE.id,
  reuse: 'caller',
  animate: 'everyone',
  assets: 'everyone',
  gallery: '200000000000000002',
  galleryMode: 'all',
};

describe('/settings show', () => {
  it.each(['en', 'zh-CN'] as const)(
    'fits into one message in %s, all of it in a file',
    async (lang) => {
      const context = { messages: messagesFor(lang), currency: undefined, nowMs: NOON, nameOf };
      const answer = settingsAnswer(FULL, context);
      const content = shownText(answer);
      const { files = [] } = answer;
      expect(content.length).toBeLessThanOrEqual(4000);
      expect(content.split('\n').at(-1)).toBe(context.messages.settingsCommand.showRules(0));
      const lines = replyText(files[0]).split('\n');
      for (const list of [
        FULL.channels,
        FULL.routes.map(nameOf),
        FULL.refusedWords,
        FULL.blockedMembers,
      ]) {
        expect(lines).toEqual(expect.arrayContaining([...list]));
      }
    },
  );

  it('needs no file where everything fits', async () => {
    const { set, settings } = house();
    await set({ word_add: 'boat' });
    await set({ channel_add: CHANNEL });
    const context = { messages: en, currency: 'USD', nowMs: NOON, nameOf };
    const answer = settingsAnswer(await settings(), context);
    const content = shownText(answer);
    const { files } = answer;
    expect(files).toBeUndefined();
    expect(content.split('\n')).toEqual([
      '### Settings of this server',
      '**Channels** · `/settings set channels`',
      `- \`/video\` works in: <#${CHANNEL}>`,
      '**Models** · `/settings set models`',
      '- Models allowed: all',
      `- ${en.sharing.noDefault}`,
      '**Words** · `/settings set words`',
      '- Words refused in prompts: “boat”',
      '**Members** · `/settings set members`',
      '- Members blocked: none',
      `- ${en.sharing.is.reuse.everyone}`,
      `- ${en.sharing.is.animate.own}`,
      `- ${en.sharing.is.assets.admins}`,
      '**Messages** · `/settings set messages`',
      "- Language of video messages: **the member's own**.",
      '- Time zone: **UTC**. In effect.',
      '- Notices to the admins are shown at the top of `/usage holds`.',
      '- No one is pinged when a video is done.',
      `- ${en.sharing.noGallery}`,
      '**Prices** · `/settings set money`',
      "- Prices don't have to be confirmed.",
      'Limits: 0 (`/quota list`)',
    ]);
  });
});

describe('/settings audit', () => {
  it('shows whom and what an entry names, and typed words as no more than words', async () => {
    const { set, audit } = house();
    await set({ member_block: MEMBER });
    await set({ route_add: 'Full' });
    await set({ word_add: '<@&140000000000000001> @here' });
    const head = `<t:${NOON / 1000}:f> <@${ADMIN}>`;
    expect(
      auditText(await audit(), en, CATALOGUE)
        .split('\n')
        .slice(1),
    ).toEqual([
      expect.stringMatching(
        /^- <t:\d+:f> <@\d+>: \*\*refused words\*\*: without word "\\<@\u200B&140000000000000001> @\u200Bhere" → with/,
      ),
      `- ${head}: **allowed models**: without model Full → with model Full`,
      `- ${head}: **blocked members**: without <@${MEMBER}> → with <@${MEMBER}>`,
    ]);
  });

  it('fits into one message and says how many do not', () => {
    const long = `refused words "${'x*'.repeat(300)}"`;
    const entries = Array.from({ length: 25 }, () => ({
      at: NOON,
      by: ADMIN,
      what: 'refused words',
      from: long,
      to: long,
    }));
    const text = auditText(entries, en, CATALOGUE);
    expect(text.length).toBeLessThanOrEqual(2000);
    expect(text).toMatch(/… \d+ more don't fit/);
  });

  it('says so if nothing was ever changed', () => {
    expect(auditText([], en, CATALOGUE)).toBe(en.settingsCommand.auditNone);
  });
});

it('is declared for those who may manage the server', () => {
  expect(settingsDefinition().default_member_permissions).toBe('32');
});
