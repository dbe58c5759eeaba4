import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { CreateAnswer } from '../../src/simulators/providers/answers.ts';
import { openTestbed, startBotTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { queriesFrom } from './provider-watch.ts';
import {
  ANY_MODEL,
  ANYFAST_MODEL,
  callVideo,
  createsOf,
  endedMessage,
  hasClip,
  tasksOf,
} from './video-call.ts';

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await startBotTestbed();
});
afterEach(() => {
  testbed.providers.knobs.jimmy.create.reset();
  testbed.providers.knobs.anyfast.create.reset();
});
afterAll(async () => testbed.close());

const MODELS = {
  jimmy: ANY_MODEL,
  anyfast: ANYFAST_MODEL,
} as const;
type Provider = keyof typeof MODELS;

const raw = (status: number, body: unknown, accepts = false) =>
  ({
    kind: 'raw',
    status,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    accepts,
  }) satisfies CreateAnswer;

interface Answered {
  readonly text: string;
  readonly creates: number;
  /** What the provider made, and will bill. */
  readonly tasks: number;
}

/** One `/video` whose create is answered so, to its end. */
async function answered(
  provider: Provider,
  prompt: string,
  ...answers: readonly CreateAnswer[]
): Promise<Answered> {
  const before = testbed.providers.requests.length;
  for (const answer of answers) testbed.providers.knobs[provider].create.next(answer);
  const call = await callVideo(testbed, prompt, { model: MODELS[provider] });
  const { text } = await endedMessage(testbed, call);
  return {
    text,
    // Not by the prompt: a cut may come before anybody has read it.
    creates: testbed.providers.requests.slice(before).filter(({ purpose }) => purpose === 'create')
      .length,
    tasks: tasksOf(testbed, prompt).length,
  };
}

/** A refusal in each provider's envelope, and in the one that its gateway puts around another. */
const jimmy = (code: number | string, msg: string): CreateAnswer =>
  raw(200, { code, msg, data: null });
const anyfast = (code: string, message: string, status = 400): CreateAnswer =>
  raw(status, { error: { message, type: 'BadRequest', code } });
const wrapped = (code: string, message: string): CreateAnswer =>
  raw(400, {
    code: 'fail_to_fetch_task',
    message: JSON.stringify({ error: { code, message, type: 'BadRequest' } }),
    data: null,
  });

/** What a gateway says when it lost track of a create that the upstream accepted. */
const gateway = (code: string, status = 400): CreateAnswer =>
  raw(status, { code, message: 'post failed', data: null }, true);
const HTML = { 'content-type': 'text/html' };

describe("a provider's refusal", () => {
  const rows: [Provider, string, CreateAnswer, string][] = [
    ['jimmy', 'bad parameters', jimmy(20_002, '不支持的模型参数'), "model isn't available"],
    ['jimmy', 'a wrong combination', jimmy('20002', 'ratio: bad value'), 'combination of settings'],
    ['jimmy', 'moderation', jimmy(-1, 'PROVIDER_MODERATION_ERROR'), 'refused as unsafe'],
    [
      'jimmy',
      'a trademark',
      jimmy(-1, 'PROVIDER_MODERATION_ERROR: TRADEMARK'),
      'copyright or trademark',
    ],
    ['jimmy', 'a prompt in Chinese words', jimmy(-1, '提示词包含敏感信息'), 'The **prompt**'],
    [
      'anyfast',
      'an unsafe prompt',
      anyfast('InputTextSensitiveContentDetected', 'The input text may contain sensitive words'),
      'The **prompt** was refused as unsafe',
    ],
    [
      'anyfast',
      'an unsafe picture',
      anyfast('InputImageSensitiveContentDetected', 'The input image is sensitive'),
      'A **picture** was refused as unsafe',
    ],
    [
      'anyfast',
      'an unsafe video',
      anyfast('InputVideoSensitiveContentDetected', 'The input video is sensitive'),
      'A **reference video** was refused as unsafe',
    ],
    [
      'anyfast',
      'unsafe sound',
      anyfast('InputAudioSensitiveContentDetected', 'The input audio is sensitive'),
      'A **reference sound** was refused as unsafe',
    ],
    [
      'anyfast',
      'a real person, inside two envelopes',
      wrapped('InputImageSensitiveContentDetected.PrivacyInformation', 'content[1] shows one'),
      'real person',
    ],
    [
      'anyfast',
      'a copyright, inside two envelopes',
      wrapped('InputTextSensitiveContentDetected.PolicyViolation', 'The request was refused'),
      'copyright or trademark',
    ],
    [
      'anyfast',
      'a bad parameter',
      anyfast('InvalidParameter', 'duration'),
      'combination of settings',
    ],
    [
      'anyfast',
      'a closed model',
      anyfast('ModelNotOpen', 'not open', 404),
      "model isn't available",
    ],
  ];

  it.each(rows)('of %s for %s is told in plain words', async (provider, why, answer, advice) => {
    const result = await answered(provider, `An orchestra that stops for ${why}`, answer);
    expect(result).toMatchObject({ creates: 1, tasks: 0 });
    expect(result.text).toContain('The provider refused the request. **Nothing was charged.**');
    expect(result.text).toContain(advice);
  });

  it('that quotes the prompt does not bring it into the log', async () => {
    const prompt = 'A parrot that repeats every word it hears';
    const words = `the prompt "${prompt}" is not allowed`;
    const { text } = await answered('jimmy', prompt, jimmy(20_002, words));
    expect(text).toContain('is not allowed');
    const lines = testbed.bot.lines.filter((line) => line.includes('A parrot that repeats'));
    expect(lines).toEqual([]);
  });

  it('is shown harmlessly', async () => {
    const words = '@everyone <@123456789012345678> [click](https://evil.example/x?token=1) **no**';
    const { text } = await answered('jimmy', 'A mirror that talks back', jimmy(20_002, words));
    expect(text).not.toMatch(/@everyone|<@123|https:\/\/evil|\*\*no\*\*|token=1/);
    expect(testbed.discord.notifications).toEqual([]);
  });
});

describe('a busy provider', () => {
  it('is asked again after the time that it names, and makes one task', async () => {
    const prompt = 'A queue in front of a closed bakery';
    const wait: CreateAnswer = { kind: 'rate-limited', retryAfterSeconds: 1 };
    testbed.providers.knobs.jimmy.create.next(wait);
    const call = await callVideo(testbed, prompt);
    await call.waitFor(({ text }) => text.includes('busy or unreachable; next attempt after <t:'));
    await call.waitFor(hasClip);
    const [first, second, ...others] = createsOf(testbed, prompt);
    expect(others).toEqual([]);
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(1000);
    expect(second?.body).toEqual(first?.body);
    expect(tasksOf(testbed, prompt)).toHaveLength(1);
  });

  const busy: CreateAnswer = { kind: 'rate-limited', retryAfterSeconds: 0 };

  it('is asked eight times at most', async () => {
    const prompt = 'A telephone that rings eight times';
    const result = await answered('anyfast', prompt, ...Array.from({ length: 8 }, () => busy));
    expect(result).toMatchObject({ creates: 8, tasks: 0 });
    expect(result.text).toContain('stayed busy');
    expect(result.text).toContain('**Nothing was charged.**');
  });

  it('is asked again when its code says so without the status', async () => {
    const prompt = 'A waiter who is coming in a moment';
    const result = await answered('anyfast', prompt, wrapped('QuotaExceeded', 'queue full'));
    expect(result).toMatchObject({ creates: 2, tasks: 1 });
    expect(result.text).toContain('Done');
  });

  it('is not what a refusal of the server as a whole means, whatever its words', async () => {
    const prompt = 'A waiter who says: too many requests';
    const result = await answered('jimmy', prompt, jimmy(-1, '请求过于频繁,请稍后再试'));
    expect(result).toMatchObject({ creates: 1, tasks: 0 });
    expect(result.text).toContain('**Nothing was charged.**');
  });
});

describe('an address that leads nowhere', () => {
  const page = '<html><h1>404 Not Found</h1><hr>nginx</html>';
  const rows: [Provider, string, CreateAnswer][] = [
    [
      'anyfast',
      'a redirect for good',
      { ...raw(301, ''), headers: { location: 'https://x.test' } },
    ],
    ['jimmy', 'a temporary redirect', { ...raw(307, ''), headers: { location: '/elsewhere' } }],
    ['anyfast', 'a permanent redirect', { ...raw(308, ''), headers: { location: '/elsewhere' } }],
    ['jimmy', 'a page that is not there', { ...raw(404, page), headers: HTML }],
    ['anyfast', 'a page for other methods', { ...raw(405, page), headers: HTML }],
  ];

  it.each(rows)('of %s, %s, is told and costs nothing', async (provider, what, answer) => {
    testbed.expectError(/the address set for this provider is wrong/);
    const result = await answered(provider, `A postman without a street: ${what}`, answer);
    expect(result).toMatchObject({ creates: 1, tasks: 0 });
    expect(result.text).toContain('The API address that this bot has for');
    expect(result.text).toContain('**Nothing was charged.**');
  });

  it('is known at start by the version in it, and told to the operator with every create', async () => {
    const own = await openTestbed();
    onTestFinished(async () => own.close());
    own.expectError(/the address set for this provider is wrong/);
    await own.start({ ANYFAST_API_URL: `${own.providers.anyfast.url}/v1` });
    const warned = await own.bot.waitForLine((line) => line.includes('ANYFAST_API_URL'));
    expect(JSON.parse(warned)).toMatchObject({ level: 40, instead: own.providers.anyfast.url });
    const call = await callVideo(own, 'A street that is named twice', { model: ANYFAST_MODEL });
    const { text } = await endedMessage(own, call);
    expect(text).toContain('**Nothing was charged.**');
    const line = await own.bot.waitForLine((one) =>
      one.includes('the address set for this provider'),
    );
    expect(JSON.parse(line)).toMatchObject({ level: 50, provider: 'anyfast' });
    expect(own.providers.tasks).toEqual([]);
  });

  it('while a task is looked at loses nothing', async () => {
    const own = await startBotTestbed();
    onTestFinished(async () => own.close());
    own.expectError(/the address set for this provider is wrong/);
    const { query } = own.providers.knobs.anyfast;
    query.always({ ...raw(404, page), headers: HTML });
    const call = await callVideo(own, 'A street that is dug up', { model: ANYFAST_MODEL });
    await own.bot.waitForLine((one) => one.includes('the address set for this provider'));
    query.reset();
    await call.waitFor(hasClip);
    expect(tasksOf(own, 'A street that is dug up')).toHaveLength(1);
  });
});

describe('an answer that says nothing for certain', () => {
  const error = { error: { code: 'InternalServiceError', message: 'internal', type: 'Server' } };
  const rows: [Provider, string, CreateAnswer][] = [
    ['jimmy', 'a server error', { kind: 'server-error', accepts: true }],
    ['jimmy', 'a bad gateway', raw(502, '<html>502</html>', true)],
    ['jimmy', 'a refusal with status 500', raw(500, { code: 20_002, msg: 'no', data: null }, true)],
    ['anyfast', 'a server error with an envelope', raw(503, error, true)],
    ['jimmy', 'a cut after accepting', { kind: 'cut', accepts: true }],
    ['anyfast', 'a cut before reading', { kind: 'cut-before-reading' }],
    ['jimmy', 'a page instead of JSON', { kind: 'not-json', accepts: true }],
    ['jimmy', 'success without an id', { kind: 'wrong-shape', accepts: true }],
    ['anyfast', 'success without an id', { kind: 'wrong-shape', accepts: true }],
    ['anyfast', 'success with an empty id', raw(200, { id: '', object: 'video' }, true)],
    ['jimmy', 'half a JSON', raw(200, '{"code":"20000","data":{"task_', true)],
    ['jimmy', 'an endless answer', { kind: 'huge', bytes: 3_000_000, accepts: true }],
    ['jimmy', 'a redirect', raw(302, '', true)],
    ['anyfast', 'a lost create', gateway('do_request_failed')],
    ['anyfast', 'an unread answer', gateway('read_response_body_failed')],
    ['anyfast', 'an answer not understood', gateway('unmarshal_response_body_failed', 429)],
    ['anyfast', 'an invalid answer', gateway('invalid_response', 200)],
    ['anyfast', 'a number of 513 characters', raw(200, { id: 'x'.repeat(513) }, true)],
    ['anyfast', 'an empty 204', raw(200, '', true)],
  ];

  it.each(rows)('of %s, %s, is told, and never sent again', async (provider, what, answer) => {
    const prompt = `A letter to ${provider} without a sender: ${what}`;
    const result = await answered(provider, prompt, answer);
    expect(result.text).toContain('never confirmed the request');
    expect(result.text).toContain('**not sent again**');
    expect(result.creates).toBe(1);
    expect(result.tasks).toBeLessThanOrEqual(1);
  });
});

describe('a provider that is not there', () => {
  it('is sent to again when it is back, and makes one task', async () => {
    const prompt = 'A bridge that is closed for an hour';
    await testbed.providers.anyfast.down();
    const call = await callVideo(testbed, prompt, { model: ANYFAST_MODEL });
    await call.waitFor(({ text }) => text.includes('AnyFast is busy or unreachable'));
    await testbed.providers.anyfast.up();
    await call.waitFor(hasClip);
    expect(createsOf(testbed, prompt)).toHaveLength(1);
    expect(tasksOf(testbed, prompt)).toHaveLength(1);
  });
});

it('holds up nobody while another create hangs', async () => {
  const own = await startBotTestbed();
  onTestFinished(async () => own.close());
  own.providers.knobs.jimmy.create.next({ kind: 'hang', accepts: true });
  const hanging = await callVideo(own, 'A lift that is stuck between floors');
  const passing = await callVideo(own, 'A staircase right beside the lift', {
    model: ANYFAST_MODEL,
  });
  await passing.waitFor(hasClip);
  expect(hanging.message()?.text).toContain('Sending to');
});

describe('a provider that refuses the account', () => {
  const rows: [Provider, string, CreateAnswer, string][] = [
    ['jimmy', 'the key', raw(200, { code: 20_001, msg: '鉴权失败', data: null }), "the bot's key"],
    [
      'jimmy',
      'the key, by status',
      raw(401, { code: 20_001, msg: 'Unauthorized' }),
      "the bot's key",
    ],
    [
      'anyfast',
      'a spent balance',
      raw(403, { error: { code: 'insufficient_user_quota', message: '用户额度不足' } }),
      'balance with the provider is used up',
    ],
    [
      'anyfast',
      'a spent balance, by 402',
      raw(402, { error: { message: 'Payment Required' } }),
      'balance with the provider is used up',
    ],
    [
      'anyfast',
      'a spent balance, by 429',
      raw(429, { error: { code: 'insufficient_user_quota', message: '用户额度不足' } }),
      'balance with the provider is used up',
    ],
  ];

  it.each(rows)('%s with %s is paused for everybody', async (provider, why, answer, advice) => {
    const own = await startBotTestbed();
    onTestFinished(async () => own.close());
    own.expectError(/provider refuses the account: paused for everybody/);
    const other = provider === 'jimmy' ? 'anyfast' : 'jimmy';
    own.providers.knobs[provider].create.always(answer);
    const call = await callVideo(own, `A shop that shuts for ${why}`, { model: MODELS[provider] });
    const { text } = await endedMessage(own, call);
    expect(text).toContain('**Nothing was charged.**');
    expect(text).toContain(advice);
    const line = await own.bot.waitForLine((one) => one.includes('paused for everybody'));
    expect(JSON.parse(line)).toMatchObject({ level: 50, provider, pausedForMs: 300_000 });

    const second = await callVideo(own, 'A second customer', { model: MODELS[provider] });
    expect(await second.acknowledged).toMatchObject({ type: 4, ephemeral: true });
    expect(second.message()?.text).toContain("isn't available right now");
    expect(second.message()?.text).toMatch(/<t:\d+:R>/);
    expect(own.providers.requests.filter((one) => one.provider === provider)).toHaveLength(1);
    const third = await callVideo(own, 'A customer next door', { model: MODELS[other] });
    await third.waitFor(hasClip);
  });

  it('offers the models of others that accept the request, or what changes least of it', async () => {
    const own = await startBotTestbed();
    onTestFinished(async () => own.close());
    own.expectError(/provider refuses the account: paused for everybody/);
    own.providers.knobs.jimmy.create.always(raw(401, { error: { message: 'Invalid token' } }));
    const first = await callVideo(own, 'A shop that shuts', { model: MODELS.jimmy });
    await endedMessage(own, first);
    const ada = own.discord.member();
    const calling = async (options: Readonly<Record<string, string | number>>) => {
      const call = await ada.slash(own.discord.channelId, 'video', options);
      const answer = await call.waitFor(({ loading }) => !loading);
      expect(answer.content).toContain("isn't available right now");
      return answer;
    };
    const model = MODELS.jimmy;
    const accepted = await calling({ prompt: 'A customer who waits', model });
    const [, select = ''] = /"custom_id":"(choose:\d+)"/.exec(JSON.stringify(accepted)) ?? [];
    const chosen = await ada.selectMenu(accepted, select, ['0']);
    await chosen.waitFor(hasClip);
    const sharp = { model: 'jimmy/seedance2.0-sp', resolution: '1080p' };
    const nearest = await calling({ prompt: 'A customer in a hurry', ...sharp });
    expect(nearest.content).toContain('Mini (AnyFast)');
    const making = nearest.buttons.find(({ label }) => label.startsWith('Make it'));
    const made = await ada.click(nearest, making?.customId ?? '');
    await made.waitFor(hasClip);
    expect(own.providers.requests.filter(({ provider }) => provider === 'jimmy')).toHaveLength(1);
  });

  it('while it is looked at keeps its running task', async () => {
    const own = await startBotTestbed();
    onTestFinished(async () => own.close());
    own.expectError(/provider refuses the account: paused for everybody/);
    own.providers.knobs.anyfast.taskMs = Infinity;
    const prompt = 'A guard who forgot who he is';
    const call = await callVideo(own, prompt, { model: ANYFAST_MODEL });
    await queriesFrom(own, 1);
    own.providers.knobs.anyfast.query.next(raw(401, { error: { message: 'Invalid token' } }));
    await own.bot.waitForLine((one) => one.includes('paused for everybody'));
    own.providers.knobs.anyfast.taskMs = 0;
    await call.waitFor(hasClip);
    expect(tasksOf(own, prompt)).toHaveLength(1);
  });
});
