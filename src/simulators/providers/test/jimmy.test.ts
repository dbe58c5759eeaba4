import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { SimulatedProviders } from '../simulated-providers.ts';
import { startSimulatedProviders } from '../simulated-providers.ts';
import { readMp4 } from './render/mp4-boxes.ts';
import { createClient, pick } from './client.ts';

const IMAGE = 'https://media.test/a.png';
const VIDEO = 'https://media.test/a.mp4';
const AUDIO = 'https://media.test/a.mp3';
const base = { model: 'seedance2.0-mini-sp', prompt: 'a cat', duration: 5 };

let providers: SimulatedProviders;
let clockMs = 1_700_000_000_500;

beforeAll(async () => {
  providers = await startSimulatedProviders({
    quick: true,
    taskMs: 0,
    now: () => clockMs,
    fetchMedia: () => Promise.resolve(undefined),
  });
});
afterAll(() => providers.close());

describe('Jimmy AI', () => {
  test('takes a task from queued to a finished file', async () => {
    const client = createClient(providers, 'jimmy');
    providers.knobs.jimmy.taskMs = 10_000;
    const created = await client.create({
      ...base,
      ratio: '9:16',
      resolution: '480p',
      images: [IMAGE],
    });
    const id = String(pick(created.body, 'data.task_id'));
    expect(created.body).toEqual({
      code: '20000',
      msg: 'ok',
      data: { task_id: id, status: 'queued', model: base.model, created_at: 1_700_000_000 },
    });
    const seen: unknown[] = [];
    for (const step of [0, 3000, 4000]) {
      clockMs += step;
      // One after the other: each query must see the new time.
      const { body } = await client.query(id);
      seen.push([
        pick(body, 'data.status'),
        pick(body, 'data.progress'),
        pick(body, 'data.result'),
      ]);
    }
    expect(seen).toEqual([
      ['queued', 0, undefined],
      ['processing', 18, undefined],
      ['processing', 65, undefined],
    ]);
    providers.knobs.jimmy.taskMs = 0;
    const { body } = await client.query(id);
    expect(body).toMatchObject({ code: '20000', data: { status: 'completed', progress: 100 } });
    const file = await fetch(String(pick(body, 'data.result.video_url')));
    expect(file.headers.get('content-type')).toBe('video/mp4');
    const bytes = new Uint8Array(await file.arrayBuffer());
    expect(file.headers.get('content-length')).toBe(String(bytes.byteLength));
    expect(readMp4(bytes).codec).toBe('avc1');
  });

  test.each([
    ['frames with audio on Mini Special', { first_image: IMAGE, reference_audios: [AUDIO] }],
    [
      'a first frame alone on SP',
      { model: 'seedance2.0-sp', first_image: IMAGE, resolution: '1080p' },
    ],
    ['one second on Fast I2V', { model: 'seedance2.0-fast-i2v', duration: 1, resolution: '1080p' }],
    [
      'both frames on MD',
      { model: 'seedance2.0-md', duration: 1, first_image: IMAGE, last_image: IMAGE },
    ],
    [
      'audio with images on STD',
      { model: 'seedance2.0-std', images: [IMAGE], reference_audios: [AUDIO] },
    ],
    ['Full with its capital A', { model: 'sd2_mx_4k', duration: 12, ratio: 'Adaptive' }],
    ['an orientation', { orientation: 'portrait' }],
  ])('accepts %s', async (_what, change) => {
    const { body } = await createClient(providers, 'jimmy').create({ ...base, ...change });
    expect(pick(body, 'code')).toBe('20000');
  });

  const i2v = { model: 'seedance2.0-fast-i2v' };
  const md = { model: 'seedance2.0-md' };
  const std = { model: 'seedance2.0-std' };
  test.each([
    ['an unknown field', { generate_audio: true }, 'unknown field: generate_audio'],
    ['an unknown model', { model: 'sora' }, '不支持的模型参数: sora'],
    ['no prompt', { prompt: undefined }, 'prompt'],
    ['half a second', { duration: 4.5 }, 'duration'],
    ['three seconds on Mini Special', { duration: 3 }, 'between 4 and 15'],
    ['thirteen seconds on Full', { model: 'sd2_mx_720p', duration: 13 }, 'between 4 and 12'],
    ['sixteen seconds on MD', { ...md, duration: 16 }, 'between 1 and 15'],
    ['1080p on Mini Special', { resolution: '1080p' }, 'resolution'],
    ['4k as a field', { model: 'seedance2.0-sp', resolution: '4k' }, 'resolution'],
    ['4:3 on Fast I2V', { ...i2v, ratio: '4:3' }, 'ratio'],
    ['adaptive on STD', { ...std, ratio: 'adaptive' }, 'ratio'],
    ['images and frames', { images: [IMAGE], first_image: IMAGE }, 'together'],
    ['ten images on Fast I2V', { ...i2v, images: Array(10).fill(IMAGE) }, 'at most 9'],
    ['five images on MD', { ...md, images: Array(5).fill(IMAGE) }, 'at most 4'],
    ['a first frame alone on MD', { ...md, first_image: IMAGE }, 'together'],
    ['a last frame alone on MD', { ...md, last_image: IMAGE }, 'together'],
    ['four videos on MD', { ...md, reference_videos: Array(4).fill(VIDEO) }, 'at most 3'],
    ['a video on Fast I2V', { ...i2v, reference_videos: [VIDEO] }, 'reference_videos'],
    [
      'a video on Mini',
      { model: 'seedance2.0-mini', reference_videos: [VIDEO] },
      'reference_videos',
    ],
    [
      'a video on Full',
      { model: 'sd2_mx_2k', reference_videos: ['asset://a'] },
      'reference_videos',
    ],
    ['audio on MD', { ...md, images: [IMAGE], reference_audios: [AUDIO] }, 'reference_audios'],
    [
      'audio with frames on STD',
      { ...std, first_image: IMAGE, reference_audios: [AUDIO] },
      'frame mode',
    ],
    [
      'four audios on STD',
      { ...std, images: [IMAGE], reference_audios: Array(4).fill(AUDIO) },
      'at most 3',
    ],
    ['audio alone', { reference_audios: [AUDIO] }, 'alone'],
    ['an asset on Mini Special', { images: ['asset://a'] }, 'images[0]'],
    ['an address on Full', { model: 'sd2_mx_720p', images: [IMAGE] }, 'asset://'],
    ['an inline picture', { first_image: 'data:image/png;base64,AAAA' }, 'first_image'],
    ['a prompt of 5001 characters on MD', { ...md, prompt: 'x'.repeat(5001) }, '5000'],
  ])('refuses %s inside HTTP 200', async (_what, change, reason) => {
    const before = providers.acceptedCreates('jimmy');
    const { status, body } = await createClient(providers, 'jimmy').create({ ...base, ...change });
    expect({ status, code: pick(body, 'code') }).toEqual({ status: 200, code: 20002 });
    expect(pick(body, 'msg')).toContain(reason);
    expect(providers.acceptedCreates('jimmy')).toBe(before);
  });

  test('refuses a wrong key inside HTTP 200 and never writes a key down', async () => {
    const stranger = createClient(providers, 'jimmy', 'sk_wrong');
    const created = await stranger.create(base);
    const queried = await stranger.query('vid_1');
    expect([created, queried].map(({ status, body }) => [status, pick(body, 'code')])).toEqual([
      [200, 20001],
      [200, 20001],
    ]);
    expect(JSON.stringify(providers.requests)).not.toMatch(/sk_wrong|sk_sandbox/);
    expect(providers.requests.at(-1)?.headers.authorization).toBe('<wrong key>');
  });

  test('does not know a task that is not there', async () => {
    const { body } = await createClient(providers, 'jimmy').query('vid_nobody');
    expect(body).toEqual({ code: 20002, msg: '任务不存在', data: null });
  });
});
