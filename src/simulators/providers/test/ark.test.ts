import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { SimulatedProviders } from '../simulated-providers.ts';
import { startSimulatedProviders } from '../simulated-providers.ts';
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
const base = { model: 'dreamina-seedance-2-0-260128', content: [text] };
const HOUR_MS = 3_600_000;

let providers: SimulatedProviders;
let clockMs = 1_700_000_000_500;
let client: ReturnType<typeof createClient>;

beforeAll(async () => {
  providers = await startSimulatedProviders({
    quick: true,
    taskMs: 0,
    now: () => clockMs,
    fetchMedia: () => Promise.resolve(undefined),
  });
  client = createClient(providers, 'ark');
});
beforeEach(() => {
  providers.knobs.ark.taskMs = 0;
});
afterAll(() => providers.close());

async function created(body: object = base): Promise<string> {
  return String(pick((await client.create(body)).body, 'id'));
}

describe('a task', () => {
  test('was made when clients read that it is, whatever its own clock says', async () => {
    const others = await startSimulatedProviders({
      quick: true,
      reportedNow: () => 1_800_000_000_900,
    });
    const ofOthers = createClient(others, 'ark');
    const id = String(pick((await ofOthers.create(base)).body, 'id'));
    expect((await ofOthers.query(id)).body).toMatchObject({ created_at: 1_800_000_000 });
    await others.close();
  });

  test('goes from the queue to a file with its tokens', async () => {
    providers.knobs.ark.taskMs = 10_000;
    const answer = await client.create({ ...base, ratio: '16:9', safety_identifier: 'x1' });
    const id = String(pick(answer.body, 'id'));
    expect(answer).toMatchObject({ status: 200, body: { id, safety_identifier: 'x1' } });
    expect((await client.query(id)).body).toMatchObject({ id, status: 'queued', error: null });
    clockMs += 5000;
    expect((await client.query(id)).body).toMatchObject({ status: 'running' });
    providers.knobs.ark.taskMs = 0;
    expect((await client.query(id)).body).toMatchObject({
      model: base.model,
      status: 'succeeded',
      error: null,
      content: { video_url: `${new URL(providers.ark.url).origin}/results/${id}.mp4` },
      usage: { completion_tokens: 108_900, total_tokens: 108_900 },
      resolution: '720p',
      ratio: '16:9',
      duration: 5,
      generate_audio: true,
      safety_identifier: 'x1',
      execution_expires_after: 172_800,
    });
  });

  test('expires by the time that its create gave', async () => {
    providers.knobs.ark.taskMs = 2 * HOUR_MS;
    const id = await created({ ...base, execution_expires_after: 3600 });
    clockMs += HOUR_MS - 1;
    expect((await client.query(id)).body).toMatchObject({ status: 'running' });
    clockMs += 1;
    expect((await client.query(id)).body).toMatchObject({ status: 'expired', error: null });
  });

  test('fails with a code and a message', async () => {
    const id = await created();
    providers.knobs.ark.query.next({ kind: 'fail', reason: 'too dark' });
    expect((await client.query(id)).body).toMatchObject({
      status: 'failed',
      error: { code: 'InvalidParameter', message: 'too dark' },
    });
  });
});

describe('a create', () => {
  const lite = 'seedance-1-0-lite-i2v-250428';
  const oneFive = 'seedance-1-5-pro-251215';
  const onePro = 'seedance-1-0-pro-250528';
  const fourImages = Array.from({ length: 4 }, () => image('reference_image'));

  test.each<[string, object]>([
    ['an endpoint', { model: 'ep-20260301120000-abcde' }],
    ['every reference', { content: [text, image('reference_image'), video, audio] }],
    ['a sound alone in 2.5', { model: 'dreamina-seedance-2-5-260628', content: [text, audio] }],
    ['four pictures', { model: lite, content: [text, ...fourImages] }],
    ['a length that the model chooses', { duration: -1 }],
  ])('is taken with %s', async (_what, changes) => {
    expect((await client.create({ ...base, ...changes })).status).toBe(200);
  });

  test.each<[string, object, number, string]>([
    ['a model of the other region', { model: 'doubao-seedance-2-0-260128' }, 404, 'does not exist'],
    ['a field of another model', { camera_fixed: true }, 400, 'unknown field: camera_fixed'],
    ['no sound in 1.0', { model: onePro, generate_audio: false }, 400, 'generate_audio'],
    ['a length beyond 1.5', { model: oneFive, duration: 13 }, 400, 'duration'],
    ['adaptive words in 1.0', { model: onePro, ratio: 'adaptive' }, 400, 'ratio'],
    [
      'references at 1080p',
      { model: lite, resolution: '1080p', content: [text, image('reference_image')] },
      400,
      'resolution',
    ],
    ['a sound alone', { content: [text, audio] }, 400, 'at least one image or video'],
    [
      'frames with references',
      { content: [text, image('first_frame'), video] },
      400,
      'cannot be mixed',
    ],
    [
      'a last frame where there is none',
      {
        model: 'seedance-1-0-pro-fast-251015',
        content: [text, image('first_frame'), image('last_frame')],
      },
      400,
      'at most 0 last-frame',
    ],
    [
      'a shape with frames in 2.5',
      {
        model: 'dreamina-seedance-2-5-260628',
        ratio: '16:9',
        content: [text, image('first_frame')],
      },
      400,
      'ratio: must be adaptive',
    ],
    ['an expiry within the hour', { execution_expires_after: 60 }, 400, 'execution_expires_after'],
    [
      'a web search with media',
      { tools: [{ type: 'web_search' }], content: [text, video] },
      400,
      'tools',
    ],
  ])('is refused with %s', async (_what, changes, status, message) => {
    const answer = await client.create({ ...base, ...changes });
    expect(answer.status).toBe(status);
    expect(String(pick(answer.body, 'error.message'))).toContain(message);
  });

  test('is refused with the key of the other region', async () => {
    const answer = await createClient(providers, 'ark', 'sk_other').create(base);
    expect(answer).toMatchObject({
      status: 401,
      body: { error: { code: 'AuthenticationError' } },
    });
  });
});

describe('a deletion', () => {
  test('cancels what is in the queue, once', async () => {
    providers.knobs.ark.taskMs = 1000;
    const id = await created();
    expect(await client.remove(id)).toMatchObject({ status: 200, body: {} });
    expect((await client.query(id)).body).toMatchObject({ status: 'cancelled' });
    expect((await client.remove(id)).status).toBe(409);
  });

  test('lets a running task be', async () => {
    providers.knobs.ark.taskMs = 1000;
    const id = await created();
    clockMs += 500;
    expect(await client.remove(id)).toMatchObject({
      status: 409,
      body: { error: { code: 'InvalidAction.RunningTaskDeletion' } },
    });
    expect((await client.query(id)).body).toMatchObject({ status: 'running' });
  });

  test('removes the record of a finished task', async () => {
    const id = await created();
    await client.query(id);
    expect((await client.remove(id)).status).toBe(200);
    expect((await client.query(id)).status).toBe(404);
    expect((await client.remove(id)).status).toBe(404);
  });

  test('takes effect although its answer is lost', async () => {
    providers.knobs.ark.taskMs = 1000;
    const id = await created();
    providers.knobs.ark.delete.next({ kind: 'cut', accepts: true });
    await expect(client.remove(id)).rejects.toThrow('fetch failed');
    expect((await client.query(id)).body).toMatchObject({ status: 'cancelled' });
  });
});

function idsOf(body: unknown): unknown[] {
  const items = pick(body, 'items');
  return Array.isArray(items) ? items.map((item) => pick(item, 'id')) : [];
}

describe('the list', () => {
  test('has the newest first, by page, status, number and model', async () => {
    const old = await created({ ...base, safety_identifier: 'older' });
    clockMs += 1000;
    const id = await created({ ...base, model: 'ep-20260301120000-abcde' });
    const { body } = await client.list('?page_size=2');
    expect(idsOf(body)).toEqual([id, old]);
    expect(body).toMatchObject({ items: [{}, { safety_identifier: 'older' }] });
    expect(idsOf((await client.list('?page_size=1&page_num=2')).body)).toEqual([old]);
    expect(idsOf((await client.list(`?filter.task_ids=${old}`)).body)).toEqual([old]);
    const model = await client.list('?filter.model=ep-20260301120000-abcde&page_size=1');
    expect(idsOf(model.body)).toEqual([id]);
    expect(idsOf((await client.list('?filter.status=queued')).body)).toEqual([]);
    expect(idsOf((await client.list('?filter.service_tier=flex')).body)).toEqual([]);
    expect((await client.list('?filter.status=expired')).status).toBe(400);
    expect((await client.list('?page_size=501')).status).toBe(400);
  });

  test('shows a task late, or twice', async () => {
    const id = await created();
    const ask = `?filter.task_ids=${id}`;
    providers.knobs.ark.list.next({ kind: 'late', ms: 1000 });
    expect(idsOf((await client.list(ask)).body)).toEqual([]);
    providers.knobs.ark.list.next({ kind: 'twice' });
    expect(idsOf((await client.list(ask)).body)).toEqual([id, id]);
    clockMs += 7 * 24 * HOUR_MS;
    expect(idsOf((await client.list(ask)).body)).toEqual([]);
  });
});
