import { createServer } from 'node:http';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { SimulatedProviders } from '../simulated-providers.ts';
import { startSimulatedProviders } from '../simulated-providers.ts';
import { clipSize } from '../render/clip-size.ts';
import { createClient, failureOf, pick } from './client.ts';

const body = { model: 'seedance2.0-mini-sp', prompt: 'a cat', duration: 5 };

let providers: SimulatedProviders;

beforeEach(async () => {
  providers = await startSimulatedProviders({ quick: true, taskMs: 0 });
});
afterEach(() => providers.close());

async function finishedTask(): Promise<{ id: string; url: unknown }> {
  const client = createClient(providers, 'jimmy');
  const id = String(pick((await client.create(body)).body, 'data.task_id'));
  return { id, url: pick((await client.query(id)).body, 'data.result.video_url') };
}

async function download(
  url: unknown,
): Promise<{ status: number; length: string | null; bytes: Buffer }> {
  const response = await fetch(String(url), { redirect: 'manual' });
  return {
    status: response.status,
    length: response.headers.get('content-length'),
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

describe('a result file', () => {
  test('can be refused a number of times', async () => {
    const { url } = await finishedTask();
    providers.knobs.jimmy.result.next({ kind: 'status', status: 500 }, 2);
    providers.knobs.jimmy.result.next({ kind: 'status', status: 404 });
    const statuses: number[] = [];
    for (let time = 0; time < 4; time += 1) {
      // One after the other: the test is about their order.
      statuses.push((await download(url)).status);
    }
    expect(statuses).toEqual([500, 500, 404, 200]);
    expect(providers.requests.filter(({ purpose }) => purpose === 'result')).toHaveLength(4);
  });

  test('can send the client elsewhere', async () => {
    const { url } = await finishedTask();
    providers.knobs.jimmy.result.next({ kind: 'redirect', to: 'http://10.0.0.1/a.mp4' });
    const response = await fetch(String(url), { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([
      302,
      'http://10.0.0.1/a.mp4',
    ]);
  });

  test('can be no mp4, of unknown length, slow or huge', async () => {
    const { url } = await finishedTask();
    const { result } = providers.knobs.jimmy;
    const whole = (await download(url)).bytes;
    result.next({ kind: 'not-mp4' });
    expect((await download(url)).bytes.includes('ftyp')).toBe(false);
    result.next({ kind: 'no-length' });
    expect(await download(url)).toMatchObject({ length: null, bytes: whole });
    result.next({ kind: 'slow', ms: 40 });
    expect((await download(url)).bytes).toEqual(whole);
    result.next({ kind: 'huge', bytes: 2_000_000 });
    expect((await download(url)).bytes.byteLength).toBe(2_000_000);
  });

  test('can break off in the middle', async () => {
    const { url } = await finishedTask();
    providers.knobs.jimmy.result.next({ kind: 'cut' });
    await expect(download(url)).rejects.toThrow('terminated');
  });

  test('can stop halfway and keep the line open', async () => {
    const { id, url } = await finishedTask();
    const total = providers.tasks.find((task) => task.id === id)?.file?.byteLength ?? 0;
    providers.knobs.jimmy.result.next({ kind: 'stall' });
    const response = await fetch(String(url));
    expect(response.headers.get('content-length')).toBe(String(total));
    const parts: AsyncIterable<Uint8Array> = response.body ?? new ReadableStream<Uint8Array>();
    let received = 0;
    const reading = failureOf(
      (async () => {
        for await (const part of parts) {
          received += part.byteLength;
          // Half has arrived and nothing more comes; now the server closes the connection.
          if (received === Math.floor(total / 2)) void providers.jimmy.down();
        }
      })(),
    );
    expect(await reading).toBeInstanceOf(Error);
    expect(received).toBe(Math.floor(total / 2));
  });

  test('can stay silent on an open line', async () => {
    const { url } = await finishedTask();
    providers.knobs.jimmy.result.next({ kind: 'silent' });
    const isRequested = new Promise<void>((resolve) => {
      providers.hooks.beforeAnswer = () => {
        resolve();
      };
    });
    const fetching = failureOf(fetch(String(url)));
    await isRequested;
    await providers.jimmy.down();
    expect(await fetching).toBeInstanceOf(Error);
  });

  test('is not there for a task that nobody made', async () => {
    expect((await download(`${providers.jimmy.url}/results/vid_nobody.mp4`)).status).toBe(404);
  });
});

describe('the address of a result', () => {
  test('can be missing for a while, relative or private', async () => {
    providers.knobs.jimmy.resultUrl.next({ kind: 'absent' });
    const { id, url } = await finishedTask();
    expect(url).toBeUndefined();
    const client = createClient(providers, 'jimmy');
    const urls: unknown[] = [];
    for (const custom of ['seedance/mini-sp/video/a.mp4', 'http://192.168.0.1/a.mp4']) {
      providers.knobs.jimmy.resultUrl.next({ kind: 'custom', url: custom });
      // One after the other: the test is about their order.
      urls.push(pick((await client.query(id)).body, 'data.result.video_url'));
    }
    urls.push(pick((await client.query(id)).body, 'data.result.video_url'));
    expect(urls).toEqual([
      'seedance/mini-sp/video/a.mp4',
      'http://192.168.0.1/a.mp4',
      `${providers.jimmy.url}/results/${id}.mp4`,
    ]);
  });
});

describe('an input', () => {
  test('that cannot be fetched fails the task in the provider’s words', async () => {
    const gone = createServer((_request, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const address = gone.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/a.png`;
    const jimmy = createClient(providers, 'jimmy');
    const anyfast = createClient(providers, 'anyfast');
    const first = await jimmy.create({ ...body, first_image: url });
    const content = [{ type: 'image_url', image_url: { url }, role: 'reference_image' }];
    const second = await anyfast.create({ model: 'seedance-2.0-mini', content });
    expect((await jimmy.query(String(pick(first.body, 'data.task_id')))).body).toMatchObject({
      data: { status: 'failed', error_message: 'connection reset by peer' },
    });
    expect((await anyfast.query(String(pick(second.body, 'id')))).body).toMatchObject({
      data: {
        status: 'FAILURE',
        fail_reason: 'InvalidParameter: content[0].image_url could not be downloaded',
      },
    });
    await new Promise((resolve) => gone.close(resolve));
  });

  test('that never comes fails the task as a time-out', async () => {
    const own = await startSimulatedProviders({
      quick: true,
      taskMs: 0,
      mediaTimeoutMs: 1,
      fetchMedia: (_media, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    });
    const client = createClient(own, 'jimmy');
    const created = await client.create({ ...body, first_image: 'https://media.test/a.png' });
    const { body: seen } = await client.query(String(pick(created.body, 'data.task_id')));
    expect(pick(seen, 'data.error_message')).toBe('Read timed out');
    await own.close();
  });
});

test('a provider that is not in a hurry draws the clip that was asked for', async () => {
  const real = await startSimulatedProviders({ taskMs: 0 });
  const client = createClient(real, 'anyfast');
  await client.create({
    model: 'seedance-2.0-mini',
    content: [{ type: 'text', text: '一只猫' }],
    resolution: '480p',
    ratio: '1:1',
    duration: 4,
  });
  const [task] = real.tasks;
  await task?.drawn;
  expect(clipSize(task?.file ?? new Uint8Array())).toEqual({ width: 640, height: 640 });
  const { body: seen } = await client.query(task?.id ?? '');
  expect(pick(seen, 'data.data.usage.completion_tokens')).toBe(38_800);
  await real.close();
});
