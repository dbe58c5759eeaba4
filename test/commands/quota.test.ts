import { replyText } from '../fakes/reply-text.ts';
import { shownText } from '../fakes/shown-text.ts';
import { describe, expect, it } from 'vitest';
import { createGuildSettingsStore } from '../../src/store/guilds/guild-settings-store.ts';
import type { Rule } from '../../src/domain/ledger/rules.ts';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { operatorWindows } from '../../src/domain/ledger/windows.ts';
import { readEdit } from '../../src/discord/quota/read-edit.ts';
import { readLimit } from '../../src/discord/quota/read-limit.ts';
import { readRuleKeys } from '../../src/discord/quota/read-rule-key.ts';
import { MAX_RULES, clearRuleEdit, setRuleEdit } from '../../src/discord/quota/rule-edits.ts';
import type { RuleWording } from '../../src/discord/quota/rule-edits.ts';
import { ruleListAnswer } from '../../src/discord/quota/rule-list.ts';
import { applyEdits } from '../../src/discord/options/edit.ts';
import type { OptionValue } from '../../src/discord/options/option-value.ts';
import { fakeClock } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';
import { memoryRecords } from '../fakes/memory-records.ts';

const en = messagesFor('en');
const wording: RuleWording = { messages: en, currency: 'USD' };
const GUILD = '120000000000000001';
const ROLE = '140000000000000001';
const MEMBER = '150000000000000001';
const ADMIN = '150000000000000002';

const aRule = (changes: Partial<Rule> = {}): Rule => ({
  subject: { kind: 'everyone' },
  measure: 'videos',
  window: 'day',
  limit: 5n,
  ...changes,
});

const read = (
  subcommand: string | undefined,
  options: Readonly<Record<string, OptionValue>> = {},
) =>
  readRuleKeys(
    {
      guildId: GUILD,
      subcommand,
      options: new Map(Object.entries({ measure: 'videos', window: 'day', ...options })),
    },
    en,
  );

function house(rules: readonly Rule[] = []) {
  const guilds = createGuildSettingsStore({
    records: memoryRecords(),
    clock: fakeClock(),
    log: recordingLog(),
  });
  const editor = { guilds, guildId: GUILD, by: ADMIN, callId: '160000000000000001' };
  const set = async (rule: Rule, words = wording): Promise<string> =>
    (await applyEdits(editor, [setRuleEdit(rule, words)])).reply;
  const start = async (): Promise<void> => {
    const entry = { by: ADMIN, what: 'start', from: '', to: '' };
    await guilds.change(GUILD, (before) => ({ ...before, rules: [...rules] }), entry);
  };
  const rulesNow = async (): Promise<readonly Rule[]> => (await guilds.get(GUILD)).rules;
  return { guilds, editor, set, start, rulesNow };
}

describe('whom a quota is for', () => {
  it.each([
    ['everyone', {}, { kind: 'everyone' }],
    ['server', {}, { kind: 'guild' }],
    ['role', { role: ROLE }, { kind: 'role', id: ROLE }],
    ['role', { role: GUILD }, { kind: 'everyone' }],
    ['member', { member: MEMBER }, { kind: 'member', id: MEMBER }],
  ])('reads %s %j', (subcommand, options, subject) => {
    expect(read(subcommand, options)).toEqual({
      first: { subject, measure: 'videos', window: 'day' },
      others: [],
    });
  });

  it.each([
    ['nobody', {}],
    [undefined, {}],
    ['role', { role: 'artists' }],
    ['role', { member: MEMBER }],
    ['member', { member: 12 }],
    ['member', { member: `<@${MEMBER}>` }],
    ['everyone', { measure: 'pixels' }],
    ['server', { window: 'year' }],
  ])('does not understand %s %j', (subcommand, options: Record<string, OptionValue>) => {
    expect(read(subcommand, options)).toEqual({ complaint: en.answers.notUnderstood });
  });

  it('says what an id must be', () => {
    expect(read('id', { id: '@artists' })).toEqual({ complaint: en.quotaCommand.idWrong });
  });
});

describe('the limit', () => {
  it.each([
    ['0', 0n],
    ['20', 20n],
    [' 007 ', 7n],
    ['５', 5n],
    ['9007199254740993', 9_007_199_254_740_993n],
    ['99999999999999999999', 99_999_999_999_999_999_999n],
  ])('of videos may be %s', (typed, limit) => {
    expect(readLimit('videos', typed, wording)).toBe(limit);
  });

  it.each(['', '-1', '1.5', '1e3', '1,000', 'many', '100000000000000000000', 5, true, undefined])(
    'of seconds may not be %j',
    (typed) => {
      expect(readLimit('seconds', typed, wording)).toEqual({
        fault: en.quotaCommand.limitWhole,
      });
    },
  );

  it.each([
    ['0', 0n],
    ['30', 30_000_000n],
    ['$30', 30_000_000n],
    ['30 USD', 30_000_000n],
    ['usd 30', 30_000_000n],
    ['＄３０', 30_000_000n],
    ['0.1', 100_000n],
    ['12.500001', 12_500_001n],
    ['99999999999999999999.999999', 99_999_999_999_999_999_999_999_999n],
  ])('of cost may be %s', (typed, limit) => {
    expect(readLimit('cost', typed, wording)).toBe(limit);
  });

  it.each(['30 $ USD', '-1', '-$1', '0.0000001', '1,5', '100000000000000000000', '.5'])(
    'of cost may not be %s',
    (typed) => {
      expect(readLimit('cost', typed, wording)).toEqual({
        fault: en.quotaCommand.limitMoney,
      });
    },
  );
});

/** What a call is answered whose limit cannot be read. */
const refusal = (
  command: { readonly group?: string; readonly subcommand: string },
  options: Readonly<Record<string, OptionValue>>,
  messages = en,
) =>
  readEdit(
    {
      guildId: GUILD,
      group: undefined,
      ...command,
      options: new Map(Object.entries({ window: 'day', ...options })),
      rolesOf: new Map(),
    },
    0,
    { messages, currency: 'USD' },
  );

describe('a refused limit', () => {
  const zh = messagesFor('zh-CN');
  const set = { group: 'set', subcommand: 'everyone' };

  it.each([
    [set, { measure: 'videos', limit: '$30' }, 'limit'],
    [set, { measure: 'seconds', limit: 'many' }, 'limit'],
    [{ subcommand: 'grant' }, { measure: 'videos', amount: '$5', member: MEMBER }, 'amount'],
  ])('of %j %j names its option and the measure for money', (command, options, option) => {
    expect(refusal(command, options)).toEqual({
      complaint: `\`${option}\`: enter a whole number, such as 20, with at most 20 digits (0 = not allowed). For an amount of money, choose \`measure: cost\`. Nothing was changed.`,
    });
  });

  it('names the measure as Discord shows it', () => {
    const { measures } = zh.quotaCommand;
    const answer = refusal(set, { measure: 'videos', limit: '$30' }, zh);
    expect(JSON.stringify(answer)).toContain(`将 \`measure\` 选为“${measures.cost}”`);
  });

  it('of cost names its option alone', () => {
    expect(refusal(set, { measure: 'cost', limit: 'many' })).toEqual({
      complaint: en.grants.wrong('limit', en.quotaCommand.limitMoney),
    });
  });
});

describe('an amount with a currency', () => {
  it.each(['30 EUR', '€30', '¥30'])('%s is refused, with the one that counts', (typed) => {
    const unit = typed.replaceAll(/[\d ]/g, '');
    expect(readLimit('cost', typed, wording)).toEqual({
      fault: en.grants.otherCurrency(unit, 'USD'),
    });
  });

  it('is refused where there are no prices', () => {
    const unpriced = { messages: en, currency: undefined };
    expect(readLimit('cost', '$30', unpriced)).toEqual({
      fault: en.grants.noCurrency('$'),
    });
    expect(readLimit('cost', '30', unpriced)).toBe(30_000_000n);
  });
});

describe('setting and clearing', () => {
  it('replaces what stands, and says from what to what', async () => {
    const { set, rulesNow, guilds } = house();
    expect(await set(aRule())).toBe('Limit set: **5 videos a day for each member**.');
    expect(await set(aRule({ limit: 1n }))).toBe(
      'Limit changed to **1 video a day for each member** (was 5 videos).',
    );
    expect(await rulesNow()).toEqual([aRule({ limit: 1n })]);
    expect(await guilds.audit(GUILD, 10)).toMatchObject([
      { by: ADMIN, what: 'limit for each member: videos a day', from: '5', to: '1' },
      { by: ADMIN, what: 'limit for each member: videos a day', from: 'none', to: '5' },
    ]);
  });

  it('writes nothing where the same stands already', async () => {
    const { set, guilds } = house();
    await set(aRule());
    expect(await set(aRule())).toContain('already set');
    expect(await guilds.audit(GUILD, 10)).toHaveLength(1);
  });

  it('says that 0 forbids', async () => {
    expect(await house().set(aRule({ limit: 0n }))).toContain('0 = not allowed');
  });

  it('warns of a cost limit where no price is known, and only there', async () => {
    const cost = aRule({ measure: 'cost', limit: 30_000_000n });
    const unpriced = { messages: en, currency: undefined };
    expect(await house().set(cost, unpriced)).toContain('knows no prices');
    expect(await house().set(cost)).toBe('Limit set: **$30.00 a day for each member**.');
  });

  it('takes no more than the most, but still replaces', async () => {
    const rules = Array.from({ length: MAX_RULES }, (_, index) =>
      aRule({ subject: { kind: 'member', id: String(200_000_000_000_000_000n + BigInt(index)) } }),
    );
    const { start, set, rulesNow } = house(rules);
    await start();
    expect(await set(aRule())).toContain('already has 500');
    const [first = aRule()] = rules;
    expect(await set({ ...first, limit: 9n })).toContain('was 5 videos');
    expect(await rulesNow()).toHaveLength(MAX_RULES);
  });

  it.each([
    ['role', { kind: 'role', id: ROLE }],
    ['member', { kind: 'member', id: ROLE }],
  ] as const)('clears by id the quota of a %s that is gone', async (_, subject) => {
    const { editor, set, rulesNow } = house();
    await set(aRule({ subject }));
    const places = read('id', { id: ROLE });
    if ('complaint' in places) throw new Error(places.complaint);
    const edit = clearRuleEdit([places.first, ...places.others], wording);
    expect((await applyEdits(editor, [edit])).reply).toContain('Limit removed: ');
    expect(await rulesNow()).toEqual([]);
    const again = await applyEdits(editor, [edit]);
    expect(again).toEqual({ reply: en.quotaCommand.noSuchRule, isChanged: false });
  });

  it('tells each of many admins at once what they really replaced', async () => {
    const { set, guilds } = house();
    const limits = [1n, 2n, 3n, 4n, 5n];
    await Promise.all(limits.map(async (limit) => set(aRule({ limit }))));
    const entries = (await guilds.audit(GUILD, 10)).toReversed();
    expect(entries).toHaveLength(limits.length);
    expect(entries.map(({ from }) => from)).toEqual([
      'none',
      ...entries.slice(0, -1).map(({ to }) => to),
    ]);
  });
});

const LISTED = { grants: [], windows: operatorWindows(Date.UTC(2026, 10, 20, 12)) };

describe('the list', () => {
  const rules = [
    aRule({ subject: { kind: 'member', id: MEMBER }, limit: 0n }),
    aRule({ subject: { kind: 'role', id: ROLE }, window: 'month', limit: 20n }),
    aRule({ subject: { kind: 'guild' }, measure: 'cost', limit: 30_000_000n }),
    aRule({ subject: { kind: 'role', id: ROLE }, measure: 'seconds', limit: 60n }),
    aRule(),
    aRule({ subject: { kind: 'role', id: ROLE } }),
  ];

  it('stands by subject, with the ids by which to clear', () => {
    const content = shownText(ruleListAnswer({ ...LISTED, rules }, wording));
    expect(content.split('\n').slice(1, -1)).toEqual([
      '**The whole server**',
      '- $30.00 a day',
      '**Each member**',
      '- 5 videos a day',
      `**<@&${ROLE}>** \`${ROLE}\``,
      '- 5 videos a day',
      '- 20 videos a month',
      '- 60 seconds a day',
      `**<@${MEMBER}>** \`${MEMBER}\``,
      '- 0 videos a day (not allowed)',
    ]);
    expect(content).toContain(en.quotaCommand.precedence);
  });

  it.each(['en', 'zh-CN'] as const)(
    'fits into one message in %s, all of it in a file',
    async (lang) => {
      const many = Array.from({ length: MAX_RULES }, (_, index) =>
        aRule({ subject: { kind: 'role', id: String(200_000_000_000_000_000n + BigInt(index)) } }),
      );
      const messages = messagesFor(lang);
      const answer = ruleListAnswer({ ...LISTED, rules: many }, { messages, currency: undefined });
      const content = shownText(answer);
      const { files = [] } = answer;
      expect(content.length).toBeLessThanOrEqual(4000);
      const shown = content.match(/^- /gm)?.length ?? 0;
      expect(content).toContain(messages.quotaCommand.more(MAX_RULES - shown));
      expect(content).toContain(messages.quotaCommand.precedence);
      const file = replyText(files[0]);
      expect(file.match(/^- /gm)).toHaveLength(MAX_RULES);
    },
  );
});
