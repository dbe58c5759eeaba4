import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type {
  InteractionHandle,
  OptionValue,
  SendOptions,
} from '../../src/simulators/discord/actors/api.ts';
import type { ProviderName } from '../../src/simulators/providers/dialects.ts';
import { startBotTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import {
  ANY_MODEL,
  ANYFAST_MODEL,
  callVideo,
  createsOf,
  endedMessage,
  fileFor,
  hasClip,
} from './video-call.ts';

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await startBotTestbed();
});
/** Whatever was sent: the bot lives on, and does its work. */
afterEach(async () => {
  const call = await callVideo(testbed, 'A cork that comes up again');
  await call.waitFor(hasClip);
});
afterAll(async () => testbed.close());

type Payload = Record<string, unknown>;

function without(...keys: readonly string[]): SendOptions {
  return {
    raw: true,
    alter: (payload) =>
      Object.fromEntries(Object.entries(payload).filter(([key]) => !keys.includes(key))),
  };
}

/** A raw answer to a create. */
interface Refusal {
  readonly status: number;
  readonly body: object;
}

const inMsg = (code: unknown, msg: string): Refusal => ({
  status: 200,
  body: { code, msg, data: null },
});
const inError = (code: string, message: string): Refusal => ({
  status: 400,
  body: { error: { code, message, type: 'BadRequest' } },
});
const SATURATED = '当前分组上游负载已饱和，请稍后再试';

/** What the caller alone is told. */
async function privateAnswer(call: InteractionHandle): Promise<string> {
  expect(await call.acknowledged).toMatchObject({ type: 4, ephemeral: true });
  return call.message()?.text ?? '';
}

const SERVERS_ONLY = /only in servers that the bot was added to/;
const NOT_UNDERSTOOD = /in a form the bot doesn't know/;

describe('a call from no server', () => {
  it.each<[string, SendOptions, RegExp]>([
    ['a direct message', { raw: true, context: 1 }, SERVERS_ONLY],
    ['a private channel', { raw: true, context: 2, installedBy: 'both' }, SERVERS_ONLY],
    ['a server that did not add the bot', { raw: true, installedBy: 'user' }, SERVERS_ONLY],
    ['a payload without owners', without('authorizing_integration_owners'), SERVERS_ONLY],
    ['a payload without a server', without('guild_id'), SERVERS_ONLY],
    ['a payload without a member', without('member'), NOT_UNDERSTOOD],
    ['a payload without a channel', without('channel', 'channel_id'), NOT_UNDERSTOOD],
  ])('like %s is refused', async (what, send, why) => {
    const prompt = `A stranger who calls from ${what}`;
    const call = await callVideo(testbed, prompt, {}, { send });
    expect(await privateAnswer(call)).toMatch(why);
    expect(createsOf(testbed, prompt)).toEqual([]);
  });

  it('but with everything that is needed alone is taken', async () => {
    const rest = ['app_permissions', 'channel_id', 'context', 'entitlements', 'guild', 'locale'];
    const send = without(...rest, 'guild_locale', 'entitlement_sku_ids', 'attachment_size_limit');
    const call = await callVideo(testbed, 'A guest who travels light', {}, { send });
    expect((await call.waitFor(hasClip)).text).toContain('Done');
  });
});

describe('options of a form that nobody declared', () => {
  it.each<[string, Readonly<Record<string, OptionValue>>, RegExp]>([
    ['a number as prompt', { prompt: 7 }, /`prompt`/],
    ['a text as duration', { duration: 'five' }, /`duration`/],
    ['half a second', { duration: 4.5 }, /`duration`/],
    ['a negative duration', { duration: -5 }, /`duration`/],
    ['an endless duration', { duration: 1e300 }, /`duration`/],
    ['a resolution from elsewhere', { resolution: '8k' }, /`resolution`/],
    ['a ratio from elsewhere', { ratio: '1:100' }, /`ratio`/],
    ['a text as switch', { sound: 'yes' }, /`sound`/],
    ['a file that is not there', { image1: '123456789012345678' }, /`image1`/],
    ['a number as file', { image1: 3 }, /`image1`/],
    ['an empty prompt', { prompt: '' }, /`prompt`/],
    ['a prompt of blanks', { prompt: ' \n\t ' }, /`prompt`/],
    ['a prompt beyond every limit', { prompt: 'x'.repeat(5001) }, /`prompt`/],
    ['a model that is not on', { model: 'jimmy/seedance-9' }, /no `model` called/],
    ['a number as model', { model: 3 }, /no `model` called/],
    ['a model of the language', { model: '__proto__' }, /no `model` called/],
    ['a prompt beyond Discord itself', { prompt: 'x'.repeat(9000) }, /`prompt`: Too long: 9000/],
  ])('like %s are refused', async (_what, options, why) => {
    const before = testbed.providers.requests.filter(({ purpose }) => purpose === 'create').length;
    const call = await callVideo(testbed, 'A form filled in wrongly', options, {
      send: { raw: true },
    });
    expect(await privateAnswer(call)).toMatch(why);
    const after = testbed.providers.requests.filter(({ purpose }) => purpose === 'create').length;
    expect(after).toBe(before);
  });

  it('like no options at all are refused', async () => {
    const send: SendOptions = {
      raw: true,
      alter: (payload) => ({ ...payload, data: { id: '1', name: 'video', type: 1 } }),
    };
    const call = await callVideo(testbed, 'A blank form', {}, { send });
    expect(await privateAnswer(call)).toMatch(/Choose a `model`/);
  });

  it('like an unknown command are answered', async () => {
    const caller = testbed.discord.member();
    const call = await caller.slash(testbed.discord.channelId, 'picture', {}, { raw: true });
    expect(await privateAnswer(call)).toMatch(/no longer exists/);
  });
});

describe('an attachment', () => {
  const image = fileFor('image1');
  it.each([
    ['that is a text', { ...image, filename: 'notes.txt', contentType: 'text/plain' }, /`image1`/],
    ['that is a video', { ...image, contentType: 'video/mp4' }, /`image1`/],
    ['of a format not taken', { ...image, contentType: 'image/svg+xml' }, /`image1`/],
    ['of no type at all', { ...image, filename: 'picture', contentType: '' }, /`image1`/],
    ['that is too large', { ...image, claimedSize: 31 * 1_048_576 }, /`image1`.*31 MiB/],
  ])('%s is refused', async (what, file, why) => {
    const prompt = `A picture frame around something ${what}`;
    const options = { model: ANYFAST_MODEL, image1: file };
    const call = await callVideo(testbed, prompt, options, { send: { raw: true } });
    expect(await privateAnswer(call)).toMatch(why);
    expect(createsOf(testbed, prompt)).toEqual([]);
  });
});

describe('a prompt', () => {
  const nasty = [
    '@everyone @here <@140000000000000009> <@&120000000000000001> <#130000000000000001>',
    '**bold** __under__ ~~gone~~ ||hidden|| `code` ```block``` > quote\n# heading\n- item',
    '[click me](https://evil.example/steal?token=1) https://evil.example/ <https://evil.example>',
    'right-to-left \u202Eesrever\u202C \u2067embedded\u2069 zero\u200Bwidth\uFEFFmarks \u0000 end',
    '</models:1> <t:0:R> <:emoji:120000000000000001> \\* \\\\',
  ].join('\n');
  const long = `${nasty} ${'🎬'.repeat(2000)}`.padEnd(5000, 'ä');

  it.each([
    ['of mentions, markup and turned writing', nasty],
    ['of 5000 characters', Array.from(long).slice(0, 5000).join('')],
    ['of one grapheme', '👩‍👩‍👧‍👦'.repeat(80)],
    ['of combining marks', `e${'\u0301'.repeat(400)}`],
  ])('%s is shown harmlessly and sent unchanged', async (_what, prompt) => {
    const call = await callVideo(testbed, prompt, { model: ANYFAST_MODEL });
    await endedMessage(testbed, call);
    expect(createsOf(testbed, prompt).map(({ body }) => body)).toMatchObject([
      { content: [{ type: 'text', text: prompt }] },
    ]);
    expect(call.message()).toSatisfy(hasClip);
    for (const { content: text } of call.versions()) {
      const [caller = '', ...rest] = text.split('\n');
      const shown = rest.join('\n');
      expect(caller).toMatch(/^$|^<@\d+> · \*\*[^*]+ \(AnyFast\)\*\*$/);
      expect(rest.length).toBeLessThanOrEqual(3);
      expect(shown).not.toMatch(/@(?:everyone|here)|(?<!\\)<[@#:/]|(?<!\\)<t:0/);
      expect(shown).not.toMatch(/https?:\/\/|(?<!\\)(?:\*\*|__|~~|\|\||`)/);
      expect(shown).not.toMatch(/[\u202A-\u202E\u2066-\u2069\uFEFF]/);
      expect(shown).not.toContain('\u0000');
      expect(text.length).toBeLessThanOrEqual(2000);
    }
    expect(testbed.discord.notifications).toEqual([]);
  });

  const quoting: [ProviderName, string, Refusal][] = [
    [
      'jimmy',
      'a man with insufficient balance, AccountOverdueError on his shirt',
      inMsg(-1, 'The man with INSUFFICIENT  BALANCE, AccountOverdueError on his…'),
    ],
    [
      'jimmy',
      'too many requests at the bakery counter',
      inMsg('20002', 'Invalid prompt: "too many requests at the bakery counter"'),
    ],
    [
      'jimmy',
      'my account has insufficient balance',
      inMsg('20002', 'prompt not allowed: my account has insufficient bal...'),
    ],
    ['jimmy', '牌子上写着：余额\n不足', inMsg(-1, '余额不足')],
    [
      'anyfast',
      'insufficient\nbalance',
      inError('InvalidParameter', 'The text insufficient balance cannot be used'),
    ],
    ['anyfast', `一块牌子 ${SATURATED.replace('，', ' \n ')}`, inError('', SATURATED)],
    [
      'anyfast',
      'a sign: {"error":{"code":"QuotaExceeded","message":"x"}}',
      {
        status: 400,
        body: {
          code: 'fail_to_fetch_task',
          message: '{"error": {"code": "QuotaExceeded", "message": "x"}}',
          data: null,
        },
      },
    ],
  ];

  it.each(quoting)(
    'that %s quotes in a refusal delays and pauses nobody: %j',
    async (provider, prompt, { status, body }) => {
      const model = provider === 'jimmy' ? ANY_MODEL : ANYFAST_MODEL;
      const answer = { kind: 'raw', status, body: JSON.stringify(body) } as const;
      testbed.providers.knobs[provider].create.next(answer);
      const call = await callVideo(testbed, prompt, { model });
      const ended = await endedMessage(testbed, call);
      expect(ended.text).toContain('The provider refused the request. **Nothing was charged.**');
      expect(createsOf(testbed, prompt)).toHaveLength(1);
      // A paused provider would refuse the next one at once.
      const next = await callVideo(testbed, `Somebody after: ${prompt.slice(0, 5)}`, { model });
      await next.waitFor(hasClip);
    },
  );

  it.each([
    'cancel:1',
    'cancel:../x',
    'confirm:',
    'confirm:1:2:3',
    `confirm:${'9'.repeat(80)}`,
    'task:1',
    '__proto__:1',
    ':',
  ])('is not begun by a button that nobody was shown: %j', async (customId) => {
    const member = testbed.discord.member();
    const before = testbed.providers.acceptedCreates();
    const message = member.say(testbed.discord.channelId, 'not a button of the bot');
    const click = await member.click(message, customId, { raw: true });
    await privateAnswer(click);
    expect(testbed.providers.acceptedCreates()).toBe(before);
  });

  it('that Discord refuses to show is left out, and the clip still comes', async () => {
    const prompt = 'A word that some filter does not like';
    const refusal = {
      message: 'Message content is not allowed',
      code: 200_000,
    };
    const fault = testbed.discord.faults.add({
      method: 'PATCH',
      when: ({ json, files }) => files.length > 0 && JSON.stringify(json).includes('some filter'),
      times: 5,
      action: { kind: 'answer', status: 400, body: refusal },
    });
    const call = await callVideo(testbed, prompt);
    const done = await call.waitFor(hasClip);
    expect(done.text).not.toContain('some filter');
    expect(fault.hits()).toBe(1);
    fault.remove();
  });
});

const whole = (): Payload => ({
  id: '150000000000000001',
  application_id: testbed.discord.applicationId,
  token: 'aW50ZXJhY3Rpb246-not-a-real-one',
  type: 2,
  version: 1,
  guild_id: testbed.discord.guildId,
  channel_id: testbed.discord.channelId,
  data: { id: '1', name: 'video', type: 1, options: [] },
  member: { user: { id: '140000000000000010' }, roles: [], permissions: '0' },
  entitlements: [],
  authorizing_integration_owners: { '0': testbed.discord.guildId },
});

describe('a packet that is no interaction', () => {
  it.each<[string, () => unknown]>([
    ['nothing', () => null],
    ['a text', () => 'interaction'],
    ['a list', () => [1, 2, 3]],
    ['an empty object', () => ({})],
    ['one without an id', () => ({ ...whole(), id: undefined })],
    ['one without a token', () => ({ ...whole(), token: undefined })],
    ['one of an unknown type', () => ({ ...whole(), type: 99 })],
    ['one without data', () => ({ ...whole(), data: undefined })],
    ['one without entitlements', () => ({ ...whole(), entitlements: undefined })],
    ['one whose entitlements are a number', () => ({ ...whole(), entitlements: 7 })],
    ['one whose member is a text', () => ({ ...whole(), member: 'me' })],
    ['one whose member has no user', () => ({ ...whole(), member: { roles: [] } })],
    ['one whose options are a text', () => ({ ...whole(), data: { name: 'video', options: 'x' } })],
    ['a ping', () => ({ ...whole(), type: 1 })],
    ['an autocomplete', () => ({ ...whole(), type: 4 })],
    ['a component', () => ({ ...whole(), type: 3, data: { custom_id: 'x', component_type: 2 } })],
    ['a modal', () => ({ ...whole(), type: 5, data: { custom_id: 'x', components: [] } })],
  ])('like %s is survived', async (_what, packet) => {
    const { discord } = testbed;
    expect(discord.gateway.dispatch('INTERACTION_CREATE', packet(), discord.guildId)).toBe(1);
    const call = await callVideo(testbed, 'A ship after the wave');
    await call.waitFor(hasClip);
    expect(createsOf(testbed, '150000000000000001')).toEqual([]);
  });

  it('of a kind that the bot does not ask for is survived', async () => {
    const { discord } = testbed;
    for (const event of ['GUILD_CREATE', 'MESSAGE_CREATE', 'GUILD_DELETE', 'SOMETHING_NEW']) {
      discord.gateway.dispatch(event, { id: 1 }, discord.guildId);
    }
    const call = await callVideo(testbed, 'A ship after many waves');
    expect((await call.waitFor(hasClip)).text).toContain('Done');
  });
});
