import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { tokensOf } from '../tokens.ts';
import type { SimulatedProviders } from '../simulated-providers.ts';
import { startSimulatedProviders } from '../simulated-providers.ts';
import { readMp4 } from './render/mp4-boxes.ts';
import { createClient, pick } from './client.ts';

const text = { type: 'text', text: 'a cat' };
const image = (role: string) => ({
  type: 'image_url',
  image_url: { url: 'https://media.test/a.png' },
  role,
});
const video = {
  type: 'video_url',
  video_url: { url: 'https://media.test/a.mp4' },
  role: 'reference_video',
};
const audio = {
  type: 'audio_url',
  audio_url: { url: 'https://media.test/a.mp3' },
  role: 'reference_audio',
};
const base = { model: 'seedance-2.0-mini', content: [text] };

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

describe('AnyFast', () => {
  test('takes a task from queued to a finished file with its tokens', async () => {
    const client = createClient(providers, 'anyfast');
    providers.knobs.anyfast.taskMs = 10_000;
    const created = await client.create({
      ...base,
      ratio: '16:9',
      duration: 5,
      resolution: '720p',
    });
    const id = String(pick(created.body, 'id'));
    expect(created.body).toEqual({
      id,
      task_id: id,
      object: 'video',
      model: 'seedance-2.0-mini',
      status: '',
      progress: 0,
      created_at: 1_700_000_000,
    });
    const queued = await client.query(id);
    expect(queued.body).toMatchObject({
      code: 'success',
      message: '',
      data: { status: 'QUEUED', progress: '0%' },
    });
    clockMs += 5750;
    const running = await client.query(id);
    expect(running.body).toMatchObject({ data: { status: 'IN_PROGRESS', progress: '50%' } });
    providers.knobs.anyfast.taskMs = 0;
    const { body } = await client.query(id);
    const url = String(pick(body, 'data.result_url'));
    expect(body).toMatchObject({
      code: 'success',
      data: {
        task_id: id,
        status: 'SUCCESS',
        progress: '100%',
        data: {
          status: 'succeeded',
          content: { video_url: url },
          usage: { completion_tokens: 108_900, total_tokens: 108_900 },
        },
      },
    });
    const file = await fetch(url);
    expect(readMp4(new Uint8Array(await file.arrayBuffer())).codec).toBe('avc1');
  });

  test.each([
    [{ width: 1280, height: 720 }, 5, 108_900],
    [{ width: 864, height: 496 }, 4, 40_595],
    [{ width: 1470, height: 630 }, 15, 326_487],
  ])('counts %o for %i s as %i tokens', (size, seconds, tokens) => {
    expect(tokensOf(size, seconds)).toBe(tokens);
  });

  test.each([
    ['first and last frame', { content: [text, image('first_frame'), image('last_frame')] }],
    ['every kind of reference', { content: [text, image('reference_image'), video, audio] }],
    ['audio with a video and no text', { content: [video, audio] }],
    [
      'web search on text',
      { tools: [{ type: 'web_search' }], generate_audio: false, watermark: true },
    ],
    [
      'an inline picture',
      { content: [{ ...image('first_frame'), image_url: { url: 'data:image/png;base64,AA==' } }] },
    ],
  ])('accepts %s', async (_what, change) => {
    const { status, body } = await createClient(providers, 'anyfast').create({
      ...base,
      ...change,
    });
    expect({ status, object: pick(body, 'object') }).toEqual({ status: 200, object: 'video' });
  });

  test.each([
    ['an unknown field', { seed: 1 }, 'unknown field: seed'],
    ['another model', { model: 'seedance-2.0' }, 'model'],
    ['no content', { content: [] }, 'content'],
    [
      'an image that is no object',
      { content: [{ ...image('first_frame'), image_url: 'https://media.test/a' }] },
      'content[0]',
    ],
    ['a role of another medium', { content: [image('reference_video')] }, 'content[0].role'],
    [
      'an image without a role',
      { content: [{ ...image('first_frame'), role: undefined }] },
      'content[0].role',
    ],
    ['1080p', { resolution: '1080p' }, 'resolution'],
    ['a strange ratio', { ratio: '2:1' }, 'ratio'],
    ['three seconds', { duration: 3 }, 'duration'],
    ['sixteen seconds', { duration: 16 }, 'duration'],
    ['a switch that is text', { watermark: 'true' }, 'watermark'],
    [
      'frames and references',
      { content: [image('first_frame'), image('reference_image')] },
      'mixed',
    ],
    ['a last frame alone', { content: [text, image('last_frame')] }, 'first_frame'],
    ['two first frames', { content: [image('first_frame'), image('first_frame')] }, 'at most 1'],
    ['ten images', { content: Array(10).fill(image('reference_image')) }, 'at most 9'],
    ['four videos', { content: [video, video, video, video] }, 'at most 3'],
    ['four audios', { content: [video, audio, audio, audio, audio] }, 'at most 3'],
    ['audio alone', { content: [text, audio] }, 'audio'],
    [
      'web search with media',
      { content: [text, video], tools: [{ type: 'web_search' }] },
      'web_search',
    ],
    [
      'an address that is none',
      { content: [{ ...video, video_url: { url: 'ftp://media.test/a' } }] },
      'content[0]',
    ],
    [
      'an inline video',
      { content: [{ ...video, video_url: { url: 'data:video/mp4;base64,AA==' } }] },
      'content[0]',
    ],
  ])('refuses %s with HTTP 400', async (_what, change, reason) => {
    const before = providers.acceptedCreates('anyfast');
    const { status, body } = await createClient(providers, 'anyfast').create({
      ...base,
      ...change,
    });
    expect({ status, code: pick(body, 'error.code') }).toEqual({
      status: 400,
      code: 'InvalidParameter',
    });
    expect(pick(body, 'error.message')).toContain(reason);
    expect(providers.acceptedCreates('anyfast')).toBe(before);
  });

  test('refuses a wrong key with HTTP 401', async () => {
    const stranger = createClient(providers, 'anyfast', 'sk-wrong');
    const answers = [await stranger.create(base), await stranger.query('cgt-1')];
    expect(answers.map(({ status, body }) => [status, pick(body, 'error.message')])).toEqual([
      [401, 'Invalid token'],
      [401, 'Invalid token'],
    ]);
  });

  test('does not know a task that is not there', async () => {
    const { status, body } = await createClient(providers, 'anyfast').query('cgt-nobody');
    expect({ status, code: pick(body, 'error.code') }).toEqual({
      status: 404,
      code: 'task_not_exist',
    });
  });
});
