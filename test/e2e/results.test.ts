import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import { rateLimited } from '../../src/simulators/discord/rest/faults.ts';
import type { ApiRequest } from '../../src/simulators/discord/rest/request.ts';
import type { ResultAnswer } from '../../src/simulators/providers/answers.ts';
import { startBotTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { nextRequests } from './provider-watch.ts';
import { ANYFAST_MODEL, callVideo, endedMessage, hasClip, tasksOf } from './video-call.ts';

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await startBotTestbed();
});
afterEach(() => {
  testbed.providers.knobs.jimmy.result.reset();
  testbed.providers.knobs.jimmy.resultUrl.reset();
  testbed.providers.knobs.jimmy.taskMs = 0;
  testbed.discord.faults.clear();
});
afterAll(async () => testbed.close());

/** A public host, so that people may be shown the address; it is refused before anybody calls it. */
const PUBLIC_PLAIN = 'http://media.example.com/v.mp4';

const MESSAGE_ROUTE = '/webhooks/:app/:token/messages/:message';
const carriesFile = ({ files }: ApiRequest): boolean => files.length > 0;

function resultFetches(prompt: string): number {
  const ids = tasksOf(testbed, prompt).map(({ id }) => id);
  return testbed.providers.requests.filter(
    ({ purpose, taskId }) => purpose === 'result' && ids.includes(taskId ?? ''),
  ).length;
}

/** The last word of a task that brings no clip. */
async function wordsInstead(call: InteractionHandle): Promise<string> {
  const { text, attachments } = await endedMessage(testbed, call);
  expect(attachments).toEqual([]);
  return text;
}

async function lostMessage(prompt: string): Promise<string> {
  const text = await wordsInstead(await callVideo(testbed, prompt));
  expect(text).toContain('**was charged**');
  return text;
}

/** The address of a clip on the simulated provider, below a folder that no address may be spelt like. */
const inOddFolder = (path: string): string => path.replace(/([^/]+)$/, '视频 1/$1');

describe('a result at an address with blanks and raw UTF-8', () => {
  it.each([
    ['a path', inOddFolder],
    ['an address without a scheme', (path: string) => `//127.0.0.1:PORT${inOddFolder(path)}`],
    ['a path with a fragment', (path: string) => `${inOddFolder(path)}#t=1`],
  ])('is followed to by a redirect that names %s', async (what, target) => {
    const { port } = new URL(testbed.providers.jimmy.url);
    testbed.providers.knobs.jimmy.result.always(({ path }) =>
      path.includes('%E8%A7%86%E9%A2%91%201/')
        ? { kind: 'normal' }
        : { kind: 'redirect', to: target(path).replace('PORT', port) },
    );
    const prompt = `A postman who reads every script, ${what}`;
    const call = await callVideo(testbed, prompt);
    await call.waitFor(hasClip);
    expect(resultFetches(prompt)).toBe(2);
  });

  it.each([
    ['inside', (address: string) => address],
    ['around as well', (address: string) => `  ${address}\n`],
  ])('is fetched from where the provider says so, with blanks %s', async (what, written) => {
    testbed.providers.knobs.jimmy.resultUrl.always(({ path }) => {
      const id = decodeURIComponent(path).match(/[^/?=]+$/)?.[0] ?? '';
      const url = `${testbed.providers.jimmy.url}/results/视频 1/${id}.mp4?name=海 浪`;
      return { kind: 'custom', url: written(url) };
    });
    const prompt = `A postman who reads every hand, ${what}`;
    const call = await callVideo(testbed, prompt);
    await call.waitFor(hasClip);
    expect(resultFetches(prompt)).toBe(1);
  });
});

describe('a result that is whole in an unusual way', () => {
  it.each<ResultAnswer>([
    { kind: 'whole-range' },
    { kind: 'first-box', type: 'styp' },
    { kind: 'first-box', type: 'mdat' },
    { kind: 'first-box', type: 'free' },
    { kind: 'first-box', type: 'skip' },
    { kind: 'first-box', type: 'wide' },
  ])('is delivered: %o', async (answer) => {
    testbed.providers.knobs.jimmy.result.next(answer);
    const prompt = `A parcel in wrapping paper, ${JSON.stringify(answer)}`;
    const call = await callVideo(testbed, prompt);
    await call.waitFor(hasClip);
    expect(resultFetches(prompt)).toBe(1);
  });
});

describe('a result that Discord may not play', () => {
  it.each([
    ['hvc1', 'HEVC'],
    ['hev1', 'HEVC'],
    ['av01', 'AV1'],
    ['vp09', 'VP9'],
  ] as const)('for it says that it is %s is delivered, with a note', async (type, codec) => {
    testbed.providers.knobs.jimmy.result.next({ kind: 'sample-entry', type });
    const call = await callVideo(testbed, `A film on odd film, ${type}`);
    const { text } = await call.waitFor(hasClip);
    expect(text).toContain(`This video is ${codec}, which may not play in Discord.`);
  });
});

describe('a result that cannot be had', () => {
  it.each([401, 403, 404, 410])('for %d is told at once', async (status) => {
    testbed.providers.knobs.jimmy.result.always({ kind: 'status', status });
    const prompt = `A letter that comes back with ${status}`;
    expect(await lostMessage(prompt)).toContain('no longer offers the file');
    expect(resultFetches(prompt)).toBe(1);
  });

  it('for it is no mp4 is told at once', async () => {
    testbed.providers.knobs.jimmy.result.always({ kind: 'not-mp4' });
    expect(await lostMessage('A page dressed up as a video')).toContain("isn't an mp4 video");
  });

  it.each([
    ['https://10.0.0.1/v.mp4'],
    ['https://[::1]/v.mp4'],
    ['https://169.254.169.254/latest/meta-data'],
    ['http://127.0.0.2/v.mp4'],
    ['file:///etc/passwd'],
  ])('for it redirects to %s is told without a look there', async (to) => {
    testbed.providers.knobs.jimmy.result.always({ kind: 'redirect', to });
    const text = await lostMessage(`A path that leads to ${to}`);
    expect(text).toContain("the bot isn't allowed to download from its link");
    expect(text).not.toContain(testbed.providers.jimmy.url);
  });

  it('for it redirects for ever is told as that', async () => {
    testbed.providers.knobs.jimmy.result.always(({ path }) => ({ kind: 'redirect', to: path }));
    const text = await lostMessage('A dog that chases its own tail');
    expect(text).toContain('its link redirects endlessly');
  });

  it.each([
    ['private', 'https://10.0.0.1/v.mp4'],
    ['private by its name', 'https://localhost/v.mp4'],
    ['with a password', 'https://name:word@media.example.com/v.mp4'],
  ])('for its address is %s is told without the address', async (_what, url) => {
    testbed.providers.knobs.jimmy.resultUrl.always({ kind: 'custom', url });
    const text = await lostMessage(`A door that opens to ${url}`);
    expect(text).toContain("the bot isn't allowed to download from its link");
    expect(text.split('\n').at(-1)).not.toContain('/v.mp4');
  });

  it('is told with its address where people may try it themselves', async () => {
    testbed.providers.knobs.jimmy.resultUrl.always({ kind: 'custom', url: PUBLIC_PLAIN });
    const text = await lostMessage('A window with a view of the street');
    expect(text).toContain('Try the link yourself: use the button below');
  });
});

// That the minute passes is a matter of the clock, and tested with one: here the address comes late.
describe('a finished status without an address', () => {
  it.each([
    ['absent', { kind: 'absent' }],
    ['relative', { kind: 'custom', url: 'results/v.mp4' }],
    ['a sentence', { kind: 'custom', url: 'the video is ready' }],
    ['of no web page', { kind: 'custom', url: 'ftp://media.example.com/v.mp4' }],
  ] as const)('is asked again while the address is %s', async (what, answer) => {
    testbed.providers.knobs.jimmy.resultUrl.next(answer, 3);
    const call = await callVideo(testbed, `A parcel whose label is ${what}`);
    const done = await call.waitFor(hasClip);
    expect(done.text).toContain('Done');
    expect(testbed.providers.knobs.jimmy.resultUrl.waiting()).toBe(0);
  });
});

describe('trouble that passes', () => {
  it('of a result is outwaited', async () => {
    const passing: ResultAnswer[] = [
      { kind: 'cut' },
      { kind: 'status', status: 503 },
      { kind: 'status', status: 429 },
    ];
    for (const answer of passing) testbed.providers.knobs.jimmy.result.next(answer);
    const prompts = passing.map(({ kind }, at) => `Rain that stops after ${kind} ${at}`);
    const calls = await Promise.all(prompts.map(async (prompt) => callVideo(testbed, prompt)));
    await Promise.all(calls.map(async (call) => call.waitFor(hasClip)));
    expect(prompts.map(resultFetches)).toEqual([2, 2, 2]);
    for (const [at, prompt] of prompts.entries()) {
      const clip = calls[at]?.message()?.attachments[0];
      const bytes = testbed.discord.attachmentBytes(clip?.id ?? '');
      expect(bytes?.byteLength).toBe(tasksOf(testbed, prompt)[0]?.file?.byteLength);
    }
  });

  it('of a result that comes slowly and without its length is none', async () => {
    testbed.providers.knobs.jimmy.result.next({ kind: 'slow', ms: 200 });
    testbed.providers.knobs.jimmy.result.next({ kind: 'no-length' });
    const calls = await Promise.all([
      callVideo(testbed, 'A glacier on its way to the sea'),
      callVideo(testbed, 'A second glacier behind the first'),
    ]);
    const ends = await Promise.all(calls.map(async (call) => call.waitFor(hasClip)));
    expect(ends.filter(({ content }) => content.endsWith('Done'))).toHaveLength(2);
  });

  it('of Discord at the upload is outwaited, and the clip comes once', async () => {
    const faults = (
      [
        { kind: 'answer', status: 500, body: { message: '500: Internal Server Error', code: 0 } },
        { kind: 'answer', at: 'after-effect', status: 502, body: 'bad gateway' },
        { kind: 'cut', at: 'before-effect' },
        { kind: 'cut', at: 'after-effect', how: 'reset' },
        rateLimited({ retryAfterSeconds: 1 }),
      ] as const
    ).map((action) =>
      testbed.discord.faults.add({
        method: 'PATCH',
        route: MESSAGE_ROUTE,
        when: carriesFile,
        action,
      }),
    );
    const calls = await Promise.all(
      faults.map(async (_fault, at) => callVideo(testbed, `Weather of the kind ${at} passes by`)),
    );
    await Promise.all(calls.map(async (call) => endedMessage(testbed, call)));
    expect(faults.map((fault) => fault.hits())).toEqual(faults.map(() => 1));
    for (const call of calls) {
      expect(call.message()).toSatisfy(hasClip);
      expect(call.followUps()).toEqual([]);
    }
  });

  it('of a look at the task neither ends nor repeats it', async () => {
    const { query } = testbed.providers.knobs.anyfast;
    query.next({ kind: 'server-error', status: 503 });
    query.next({ kind: 'not-json' });
    query.next({ kind: 'cut' });
    query.next({ kind: 'huge', bytes: 2_000_000 });
    const prompts = [1, 2, 3, 4].map((n) => `Ferry ${n} that leaves a little later`);
    await Promise.all(
      prompts.map(async (prompt) => {
        const call = await callVideo(testbed, prompt, { model: ANYFAST_MODEL });
        await call.waitFor(hasClip);
      }),
    );
    expect(query.waiting()).toBe(0);
    expect(prompts.map((prompt) => tasksOf(testbed, prompt).length)).toEqual([1, 1, 1, 1]);
  });
});

it('results whose host sends nothing hold up no video of another provider', async () => {
  const own = await startBotTestbed();
  onTestFinished(async () => own.close());
  own.providers.knobs.anyfast.result.always({ kind: 'silent' });
  const fetched = nextRequests(own, ({ purpose }) => purpose === 'result', 8);
  const silent = await Promise.all(
    Array.from({ length: 8 }, async (_none, index) =>
      callVideo(own, `A parcel ${index} that nobody hands over`, { model: ANYFAST_MODEL }),
    ),
  );
  await fetched;
  const passing = await callVideo(own, 'A letter that comes by another post');
  await passing.waitFor(hasClip);
  expect(silent.map((call) => call.message()?.attachments)).toEqual(silent.map(() => []));
});
