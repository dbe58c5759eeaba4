import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { WITH_ARK, openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { callVideo, createsOf, endedMessage, fileFor, hasClip } from './video-call.ts';

const MODEL = 'ark/seedance-2.0';

let open: BotTestbed | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function testbedWith(env: Readonly<Record<string, string>> = {}): Promise<BotTestbed> {
  const testbed = await openTestbed({ env: { ...WITH_ARK, ...env } });
  open = testbed;
  return testbed;
}

it('makes a video and settles it by the tokens that are reported', async () => {
  const testbed = await testbedWith();
  const prices = { 'ark/seedance-2.0-720p': { amount: '7.00', per: 'million_tokens' } };
  await writeFile(join(testbed.folder, 'prices.json'), JSON.stringify({ currency: 'USD', prices }));
  const { origin } = new URL(testbed.providers.ark.url);
  testbed.providers.knobs.ark.query.always(({ path }) => {
    const id = path.slice(path.lastIndexOf('/') + 1);
    const task = {
      id,
      status: 'succeeded',
      error: null,
      content: { video_url: `${origin}/results/${id}.mp4` },
      usage: { completion_tokens: 200_000, total_tokens: 200_000 },
    };
    return { kind: 'raw', status: 200, body: JSON.stringify(task) };
  });
  await testbed.start();
  const prompt = 'A lighthouse that counts its own light';
  const call = await callVideo(testbed, prompt, { model: MODEL, ratio: '16:9' });
  const { text } = await call.waitFor(hasClip);
  // 200,000 tokens; the quote was about 0.76.
  expect(text).toContain('1.40');
  expect(createsOf(testbed, prompt).map(({ path }) => path)).toEqual([
    '/api/v3/contents/generations/tasks',
  ]);
});

describe('ids of models', () => {
  it('are those of the account where the operator sets them', async () => {
    const testbed = await testbedWith({
      ARK_MODELS:
        'seedance-2.0=ep-20260301120000-abcde,seedance-1.0-lite-i2v=ep-20260301120000-fghij',
    });
    await testbed.start();
    const clip = await callVideo(testbed, 'A door with two keys', { model: MODEL });
    await clip.waitFor(hasClip);
    const picture = await callVideo(testbed, 'A window with one', {
      model: 'ark/seedance-1.0-lite',
      image1: fileFor('image1'),
    });
    await picture.waitFor(hasClip);
    const models = ['A door with two keys', 'A window with one'].map(
      (prompt) => createsOf(testbed, prompt)[0]?.body,
    );
    expect(models).toMatchObject([
      { model: 'ep-20260301120000-abcde' },
      { model: 'ep-20260301120000-fghij' },
    ]);
  });

  it('of endpoints are listed as the models behind them, by which a lost create is found', async () => {
    const testbed = await testbedWith({ ARK_MODELS: 'seedance-2.0=ep-20260301120000-abcde' });
    await testbed.start();
    testbed.providers.knobs.ark.create.next({ kind: 'cut', accepts: true });
    const call = await callVideo(testbed, 'A letter by another door', { model: MODEL });
    await call.waitFor(hasClip);
    expect(createsOf(testbed, 'A letter by another door')).toHaveLength(1);
  });

  it('of the other region are refused, and nothing is charged', async () => {
    const testbed = await testbedWith({ ARK_MODELS: 'seedance-2.0=doubao-seedance-2-0-260128' });
    await testbed.start();
    const call = await callVideo(testbed, 'A train on the wrong rails', { model: MODEL });
    const { text } = await endedMessage(testbed, call);
    expect(text).toContain("model isn't available");
    expect(text).toContain('**Nothing was charged.**');
    expect(testbed.providers.tasks).toEqual([]);
  });
});

it('is told that the key of the other region is refused, and nothing is charged', async () => {
  const testbed = await testbedWith({ ARK_API_KEY: 'sk_of_the_other_region' });
  testbed.expectError(/provider refuses the account: paused for everybody/);
  await testbed.start();
  const call = await callVideo(testbed, 'A key in the wrong house', { model: MODEL });
  const { text } = await endedMessage(testbed, call);
  expect(text).toContain("the bot's key");
  expect(text).toContain('**Nothing was charged.**');
  expect(testbed.providers.tasks).toEqual([]);
});

it('has no longer and no larger clip sent than its documents take', async () => {
  const testbed = await testbedWith();
  await testbed.start();
  const long = { ...fileFor('video1'), durationSeconds: 60, claimedSize: 200 * 1_048_576 + 1 };
  const call = await callVideo(
    testbed,
    'A film of a film',
    { model: MODEL, video1: long },
    {
      send: { raw: true },
    },
  );
  expect(await call.acknowledged).toMatchObject({ type: 4, ephemeral: true });
  const text = call.message()?.text ?? '';
  expect(text).toContain('60 s long');
  expect(text).toContain('200 MiB');
  expect(createsOf(testbed, 'A film of a film')).toEqual([]);
});

it('gives a clip of 200 MiB by its address', async () => {
  const testbed = await testbedWith({ FFMPEG_PATH: 'no-such-program' });
  testbed.providers.knobs.ark.result.always({ kind: 'huge', bytes: 200 * 1_048_576 });
  await testbed.start();
  const call = await callVideo(testbed, 'An epic', { model: 'ark/seedance-2.5', duration: 30 });
  const { text, buttons } = await endedMessage(testbed, call);
  const { origin } = new URL(testbed.providers.ark.url);
  expect(`${text} ${JSON.stringify(buttons)}`).toContain(`${origin}/results/`);
});
