import { describe, expect, it } from 'vitest';
import type { PolicyDenial } from '../../src/app/admission.ts';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { applyEdits } from '../../src/discord/options/edit.ts';
import { preferencesText } from '../../src/discord/preferences/preferences-text.ts';
import { setRuleEdit } from '../../src/discord/quota/rule-edits.ts';
import { ruleListAnswer } from '../../src/discord/quota/rule-list.ts';
import { denialText } from '../../src/discord/render/denial-text.ts';
import { leftOutText } from '../../src/discord/render/left-out-text.ts';
import { modelText } from '../../src/discord/render/models-text.ts';
import { noticeText } from '../../src/discord/render/notice-text.ts';
import { readEdits } from '../../src/discord/settings/read-edits.ts';
import { settingsAnswer } from '../../src/discord/settings/settings-answer.ts';
import { setupMeans } from '../../src/discord/setup/setup-means.ts';
import { notesFrame } from '../../src/discord/usage/near-limits.ts';
import { suggestMonths } from '../../src/discord/usage/suggest-months.ts';
import type { Rule } from '../../src/domain/ledger/rules.ts';
import { initialZone, windowsIn } from '../../src/domain/ledger/zone-setting.ts';
import { createGuildSettingsStore } from '../../src/store/guilds/guild-settings-store.ts';
import { NOON, fakeClock } from '../fakes/clock.ts';
import { CATALOGUE, ROUTES, routeOf } from '../fakes/catalogue.ts';
import { recordingLog } from '../fakes/log.ts';
import { memoryRecords } from '../fakes/memory-records.ts';
import { shownText } from '../fakes/shown-text.ts';
import { halfWidthIn, runOnLinkIn } from '../texts/half-width.ts';

const messages = messagesFor('zh-CN');
const wording = { messages, currency: 'USD' };
const GUILD = '120000000000000001';
const MEMBER = '150000000000000001';
const CHANNEL = '130000000000000001';
const nameOf = (id: string): string => id;

const SUBJECTS: readonly Rule['subject'][] = [
  { kind: 'guild' },
  { kind: 'everyone' },
  { kind: 'role', id: '140000000000000001' },
  { kind: 'member', id: MEMBER },
];
const RULES: Rule[] = SUBJECTS.flatMap((subject) =>
  (['videos', 'seconds', 'cost'] as const).flatMap((measure) =>
    [0n, 5_000_000n].map((limit) => ({ subject, measure, window: 'day' as const, limit })),
  ),
);

function guilds() {
  return createGuildSettingsStore({
    records: memoryRecords(),
    clock: fakeClock(),
    log: recordingLog(),
  });
}

function remnantsIn(...texts: readonly string[]): string[] {
  return texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => (halfWidthIn(line) ?? runOnLinkIn(line)) !== undefined);
}

describe('what is put together in Chinese has no half-width mark', () => {
  it('in the answers to changed settings and in the list of them', async () => {
    const editor = { guilds: guilds(), guildId: GUILD, by: MEMBER, callId: '1' };
    const context = { messages, currency: undefined, nowMs: NOON, nameOf };
    const shown = async (): Promise<string> =>
      shownText(settingsAnswer(await editor.guilds.get(GUILD), context));
    const texts = [await shown()];
    for (const [group, options] of [
      ['messages', { timezone: 'Asia/Shanghai', notices: CHANNEL }],
      ['words', { word_add: 'zebra' }],
      ['words', { word_add: 'zebra' }],
      ['words', { word_add: 'yak' }],
      ['channels', { channel_add: CHANNEL }],
      ['models', { route_add: 'jimmy/sd2_mx', default_model: 'jimmy/seedance2.0-sp' }],
      ['money', { confirm_above: '1' }],
    ] as const) {
      const wanted = new Map(Object.entries(options));
      const read = readEdits(group, wanted, { ...context, routesOn: ROUTES });
      if ('complaint' in read) throw new Error(read.complaint);
      texts.push((await applyEdits(editor, read.edits)).reply);
    }
    texts.push(await shown());
    expect(texts.join('\n')).toContain('“zebra”、“yak”');
    expect(remnantsIn(...texts)).toEqual([]);
  });

  it('in preferences, and in what was left out of them', () => {
    const context = { routesOn: [], catalogue: CATALOGUE, messages };
    const all = {
      model: 'jimmy/sd2_mx',
      durationSeconds: 5,
      resolution: '720p',
      ratio: '16:9',
      reuse: 'me',
    } as const;
    const texts = [
      preferencesText(all, 'title', context),
      preferencesText({}, 'cleared', context),
      leftOutText(['model', 'ratio', 'resolution'], messages),
    ];
    expect(texts.join('\n')).toContain('- `duration`：5 秒');
    expect(remnantsIn(...texts)).toEqual([]);
  });

  it('in refusals by limits and budgets', () => {
    const denials: PolicyDenial[] = [
      ...RULES.flatMap((rule) =>
        (['over', 'forbidden', 'price-unknown'] as const).map((reason) => ({
          kind: 'quota' as const,
          refusal: {
            allowed: false as const,
            reason,
            rule,
            used: 5n,
            need: 1n,
            resetsAtMs: NOON,
            granted: 2n,
          },
        })),
      ),
      ...(['day', 'month'] as const).map((budget) => ({
        kind: 'budget' as const,
        refusal: { allowed: false as const, reason: 'over' as const, budget, limit: 1n, used: 1n },
        resetsAtMs: NOON,
      })),
    ];
    const context = { priceList: { currency: 'USD' }, catalogue: CATALOGUE };
    const texts = denials.map((denial) => denialText(denial, messages, context));
    expect(texts.join('\n')).toMatch(/将于 <t:\d+:f>（<t:\d+:R>）重置/u);
    expect(remnantsIn(...texts)).toEqual([]);
  });

  it('in lists of limits, changes of them and who is near them', async () => {
    const windows = windowsIn(initialZone('UTC'), NOON);
    const editor = { guilds: guilds(), guildId: GUILD, by: MEMBER, callId: '1' };
    const edits = RULES.flatMap((rule) => [rule, rule]).map((rule) => setRuleEdit(rule, wording));
    const near = {
      members: RULES.map((rule) => ({ memberId: MEMBER, rule, used: 4n })),
      lacksRoles: true,
    };
    const frame = notesFrame(near, { isMissing: true, currency: 'USD' }, messages);
    const texts = [
      shownText(ruleListAnswer({ rules: RULES, grants: [], windows }, wording)),
      (await applyEdits(editor, edits)).reply,
      setupMeans({ rules: RULES, confirmAbove: 1_000_000n }, '1', wording).content,
      ...(frame === undefined ? [] : [shownText({ layout: { blocks: [frame], more: String } })]),
    ];
    expect(remnantsIn(...texts)).toEqual([]);
  });

  it('in models with prices', () => {
    const route = routeOf('jimmy/seedance2.0-sp');
    const price = { amount: '0.50', currency: 'USD', per: 'task' } as const;
    const prices = new Map(
      ['720p', '1080p'].map((resolution) => [`jimmy/seedance2.0-sp-${resolution}`, price]),
    );
    const services = {
      priceList: { currency: 'USD', prices },
      durations: { typical: () => undefined },
    };
    const text = modelText(route, services, messages);
    expect(text).toContain('按次计费；');
    expect(remnantsIn(text)).toEqual([]);
  });

  it('in a report of a video, whose link takes nothing into it', () => {
    const about = {
      kind: 'report',
      guildId: GUILD,
      channelId: CHANNEL,
      messageId: '160000000000000001',
      memberId: MEMBER,
      taskId: '170000000000000001',
    } as const;
    const text = noticeText({ at: NOON, about }, messages, CATALOGUE);
    expect(text).toContain('https://discord.com/channels/');
    expect(remnantsIn(text)).toEqual([]);
  });

  it('in months that are suggested', () => {
    const typing = { focused: 'month', options: new Map(), language: 'zh-CN' } as const;
    const names = suggestMonths(typing, { clock: fakeClock() }).map(({ name }) => name);
    expect(names).not.toEqual([]);
    expect(remnantsIn(...names)).toEqual([]);
  });
});
