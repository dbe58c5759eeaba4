import * as fc from 'fast-check';
import { SETTING_GROUP_NAMES } from '../../src/discord/settings/groups.ts';
import { describe, expect } from 'vitest';
import { z } from 'zod';
import { MEDIA_OPTIONS } from '../../src/domain/routes/options.ts';
import { APPLICATION_ID, CHANNEL_ID, GUILD_ID, MEMBER_ID, TASK_ID } from '../fakes/a-task.ts';
import { shownText } from '../fakes/shown-text.ts';
import { fuzzedBot } from './fuzzed-bot.ts';
import type { FuzzedBot } from './fuzzed-bot.ts';
import { fuzz } from './fuzz-runs.ts';
import { hostileText, hostileValue, mutated } from './hostile-json.ts';
import { ROUTE_IDS } from '../fakes/catalogue.ts';

/** Told to nobody: looked for in the log. */
const TOKEN = 'aW50ZXJhY3Rpb246c2VjcmV0LXRva2VuLW9mLW9uZS1jYWxs';
const PROMPT = 'a secret paper boat on a secret river';
const SIGNED = 'https://cdn.test/ephemeral-attachments/1/2/boat.png?ex=1&is=2&hm=secretsignature';

const ATTACHMENT = '1300000000000000060';
const ROLE = '1300000000000000070';
/** Far above what any command needs, far below what a loop would take. */
const MAX_STORE_CALLS = 100;

const id = fc.oneof(
  { weight: 1, arbitrary: fc.constant(TASK_ID) },
  { weight: 3, arbitrary: fc.nat(9).map((digit) => `130000000000000010${digit}`) },
);

type Options = fc.Arbitrary<
  { readonly name: string; readonly type: number; readonly value: unknown }[]
>;

/** Options by name, each there or not. */
function optionsOf(values: Readonly<Record<string, fc.Arbitrary<unknown>>>): Options {
  return fc
    .record(values, { requiredKeys: [] })
    .map((given) => Object.entries(given).map(([name, value]) => ({ name, type: 3, value })));
}

const member = fc.constantFrom(MEMBER_ID, '1300000000000000022');
const oddVideo = optionsOf({
  prompt: hostileText.map((text) => `${PROMPT} ${text}`),
  model: fc.oneof(fc.constantFrom(...ROUTE_IDS), hostileValue),
  duration: fc.oneof(fc.integer({ min: 1, max: 15 }), hostileValue),
  resolution: fc.constantFrom('480p', '720p', '8k'),
  ratio: fc.constantFrom('16:9', 'adaptive', '1:100'),
  ...Object.fromEntries(
    MEDIA_OPTIONS.slice(0, 4).map(({ option }) => [option, fc.constantFrom(ATTACHMENT, '7')]),
  ),
  sound: fc.boolean(),
});
const goodVideo = optionsOf({
  prompt: hostileText.map((text) => `${PROMPT} ${text}`),
  first_frame: fc.constant(ATTACHMENT),
  duration: fc.integer({ min: 4, max: 15 }),
});
const video = fc
  .oneof({ weight: 3, arbitrary: goodVideo }, oddVideo)
  .map((options) => [
    { name: 'prompt', type: 3, value: PROMPT },
    { name: 'model', type: 3, value: 'jimmy/seedance2.0-sp' },
    ...options,
  ]);

const whom = optionsOf({
  role: fc.constantFrom(ROLE, GUILD_ID, '1'),
  member,
  id: fc.oneof(fc.constant(ROLE), hostileText),
});
const target = fc.constantFrom('everyone', 'server', 'role', 'member', 'id', 'constructor');
const what = {
  measure: fc.constantFrom('videos', 'seconds', 'cost', 'length'),
  window: fc.constantFrom('day', 'week', 'month', 'total', 'year'),
};
const limit = fc.oneof(fc.constantFrom('0', '1', '3', '1.50', '9'.repeat(30), '-1'), hostileText);

const rule = fc
  .tuple(whom, optionsOf(what), optionsOf({ limit }))
  .map((parts) => [
    { name: 'measure', type: 3, value: 'videos' },
    { name: 'window', type: 3, value: 'day' },
    { name: 'limit', type: 3, value: '2' },
    ...parts.flat(),
  ]);

const grant = fc
  .tuple(whom, optionsOf({ measure: what.measure, amount: limit }))
  .map((parts) => parts.flat());

const settings = optionsOf({
  timezone: fc.oneof(fc.constantFrom('Asia/Shanghai', 'utc', 'Europe/Berlin'), hostileText),
  channel_add: fc.constantFrom(CHANNEL_ID, 'here'),
  channel_remove: fc.constantFrom(CHANNEL_ID, '1'),
  route_add: fc.constantFrom(...ROUTE_IDS, 'jimmy/none'),
  word_add: hostileText,
  word_remove: hostileText,
  member_block: member,
  member_unblock: member,
  confirm_above: fc.oneof(fc.constantFrom('1', 'off', '0'), hostileText),
  language: fc.constantFrom('en', 'zh-CN', 'caller', 'de'),
  notices: fc.constantFrom(CHANNEL_ID, '__proto__'),
  notices_off: fc.boolean(),
  finish_ping: fc.boolean(),
  reopen: fc.boolean(),
  clear: fc.boolean(),
  default_model: fc.constantFrom(...ROUTE_IDS, 'none', 'jimmy/none'),
  reuse: fc.constantFrom('everyone', 'caller', 'own'),
  animate: fc.constantFrom('everyone', 'own', 'toString'),
  assets: fc.constantFrom('admins', 'everyone'),
  gallery: fc.constantFrom(CHANNEL_ID, '__proto__'),
  gallery_mode: fc.constantFrom('share', 'all', 'off', 'constructor'),
});
const holds = optionsOf({
  task: fc.oneof(fc.constant(TASK_ID), hostileText),
  do: fc.constantFrom('settle', 'settle_at_quote', 'release', 'ask_again', 'toString'),
  amount: fc.oneof(fc.constantFrom('1', '0'), hostileText),
});
const month = optionsOf({
  month: fc.oneof(fc.constantFrom('2026-11', '2026-13'), hostileText),
  member,
});

const sub = (name: string, options: Options) =>
  options.map((inner) => [{ name, type: 1, options: inner }]);

const inGroup = (name: string, subcommand: fc.Arbitrary<string>, options: Options) =>
  subcommand
    .chain((inner) => sub(inner, options))
    .map((inner) => [{ name, type: 2, options: inner }]);

const none: Options = fc.constant([]);
const command = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constant('video'), video) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('models'), optionsOf({ model: hostileValue })) },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc.constant('privacy'),
      fc.constantFrom('show', 'export', 'delete').chain((name) => sub(name, none)),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(
      fc.constant('quota'),
      fc.constantFrom('set', 'clear', 'grant').chain((group) => inGroup(group, target, rule)),
    ),
  },
  { weight: 2, arbitrary: fc.tuple(fc.constant('quota'), sub('grant', grant)) },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc.constant('quota'),
      fc.constantFrom('set', 'clear', 'list', 'show').chain((name) => sub(name, whom)),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(
      fc.constant('settings'),
      inGroup('set', fc.constantFrom(...SETTING_GROUP_NAMES, 'constructor'), settings),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc.constant('settings'),
      fc
        .constantFrom('show', 'audit')
        .chain((name) => sub(name, optionsOf({ count: hostileValue }))),
    ),
  },
  { weight: 2, arbitrary: fc.tuple(fc.constant('usage'), sub('holds', holds)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('usage'), sub('export', month)) },
  { weight: 1, arbitrary: fc.tuple(hostileText, none) },
);

const place = {
  id,
  application_id: fc.constant(APPLICATION_ID),
  token: fc.constant(TOKEN),
  locale: fc.constantFrom('en-US', 'zh-CN', 'xx'),
  guild_id: fc.constant(GUILD_ID),
  channel: fc.constant({ id: CHANNEL_ID, type: 0 }),
  member: fc.record({
    user: fc.record({ id: member }),
    roles: fc.constantFrom([], [ROLE]),
    permissions: fc.constantFrom('0', '32', '2147483647'),
  }),
  authorizing_integration_owners: fc.constant({ '0': GUILD_ID }),
  attachment_size_limit: fc.constantFrom(20_971_520, 1),
};
const attachment = {
  id: ATTACHMENT,
  filename: 'boat.png',
  url: SIGNED,
  size: 1234,
  content_type: 'image/png',
  width: 640,
  height: 480,
};
const slash = fc.record({
  ...place,
  type: fc.constant(2),
  data: command.map(([name, options]) => ({
    id: '1300000000000000080',
    name,
    type: 1,
    options,
    resolved: {
      attachments: { [ATTACHMENT]: attachment },
      members: { [MEMBER_ID]: { roles: [] } },
    },
  })),
});
const customId = fc.oneof(
  fc.constantFrom(
    `confirm:${TASK_ID}`,
    `cancel:${TASK_ID}`,
    'confirm:',
    'confirm',
    ':',
    'confirm:a:b',
    `undo:${TASK_ID}`,
    `apply:${TASK_ID}`,
    `hold-release:${TASK_ID}`,
    'hold-quote:1',
    `hold-amount:${TASK_ID}`,
    'holds:list',
    `erase-data:${TASK_ID}`,
    `erase-all:${TASK_ID}`,
    'setup:template',
    'hold:list',
  ),
  hostileText.map((text) => `confirm:${text}`),
  hostileText,
);
const click = fc.record({
  ...place,
  type: fc.constant(3),
  data: customId.map((custom_id) => ({ custom_id, component_type: 2 })),
  message: hostileValue,
});
const other = fc.record({
  ...place,
  type: fc.constantFrom(1, 4, 5, 99),
  data: fc.record({
    custom_id: customId,
    name: fc.constant('video'),
    components: hostileValue,
    options: hostileValue,
  }),
});
const interaction = mutated(
  fc.oneof(
    { weight: 8, arbitrary: slash },
    { weight: 2, arbitrary: click },
    { weight: 1, arbitrary: other },
  ),
);

const answerable = z.object({
  id: z.string().regex(/^\d{15,20}$/),
  application_id: z.string().regex(/^\d{15,20}$/),
  token: z.string().min(1).max(2000),
  type: z.union([z.literal(2), z.literal(3)]),
  locale: z.string().max(20).optional(),
});

async function deliver(bot: FuzzedBot, raw: unknown): Promise<void> {
  const [calls, answered] = [bot.storeCalls(), bot.answers.length];
  const known = new Set(bot.records.byKey.keys());
  await bot.dispatch(raw);
  expect(bot.storeCalls() - calls).toBeLessThan(MAX_STORE_CALLS);
  const head = answerable.safeParse(raw).data;
  // The same interaction may be delivered twice: the first one has its answer.
  if (head !== undefined && !known.has(`claim:${head.id}`)) {
    expect(bot.answers.length - answered).toBeGreaterThanOrEqual(1);
  }
}

function expectSound(bot: FuzzedBot): void {
  for (const answer of bot.answers) {
    if (typeof answer === 'string') continue;
    const text = shownText(answer);
    expect(text.length).toBeLessThanOrEqual('layout' in answer ? 4000 : 2000);
    expect(text).not.toMatch(/(?:undefined|\[object Object\]|NaN)/);
    expect(text.length + (answer.files?.length ?? 0)).toBeGreaterThan(0);
  }
  const broken = bot.logLines().filter(({ level }) => level >= 50);
  expect(broken).toEqual([]);
  const log = bot.log();
  for (const secret of [TOKEN, 'secret paper boat', 'secretsignature']) {
    expect(log).not.toContain(secret);
  }
  expect(bot.areBooksEven()).toBe(true);
}

describe('whatever comes as interactions', () => {
  fuzz(
    'is answered or left alone, in bounded steps, with even accounts and nothing secret in the log',
    fc.array(interaction, { minLength: 1, maxLength: 6 }),
    { runs: 600, share: 0.2 },
    async (raws) => {
      const bot = fuzzedBot();
      for (const raw of raws) {
        await deliver(bot, raw);
      }
      expectSound(bot);
    },
  );

  fuzz(
    'at once is decided as if it came one after the other',
    fc.array(interaction, { minLength: 2, maxLength: 6 }),
    { runs: 200, share: 0.1 },
    async (raws) => {
      const bot = fuzzedBot();
      await Promise.all(raws.map(async (raw) => bot.dispatch(raw)));
      expectSound(bot);
    },
  );
});
