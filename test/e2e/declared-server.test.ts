import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProviderKnobs } from '../../src/simulators/providers/knob.ts';
import { videoServerDialect } from '../../src/simulators/providers/openai-videos/dialect.ts';
import { LITELLM, VLLM_OMNI } from '../../src/simulators/providers/openai-videos/servers.ts';
import type { VideoServer } from '../../src/simulators/providers/openai-videos/servers.ts';
import { tinyClip } from '../../src/simulators/providers/render/tiny-clip.ts';
import { simulateProvider } from '../../src/simulators/providers/simulate-provider.ts';
import type {
  ProviderRecords,
  SimulatedProvider,
} from '../../src/simulators/providers/simulate-provider.ts';
import { serverOf } from '../providers/openai-videos/examples.ts';
import { startBotTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { callVideo, endedMessage, fileFor, hasClip } from './video-call.ts';

const KEY = 'sk-of-this-server';
const records: ProviderRecords = { requests: [], tasks: [], assets: [] };

let testbed: BotTestbed;
let folder: string;
const servers: SimulatedProvider[] = [];

async function simulated(heading: string, server: VideoServer): Promise<object> {
  const name = String(serverOf(heading)['name']);
  const started = await simulateProvider(videoServerDialect(name, server), {
    draw: async (_request, taskId) => tinyClip(taskId),
    sizeOf: () => undefined,
    fetchMedia: async () => undefined,
    now: Date.now,
    mediaTimeoutMs: 10_000,
    key: KEY,
    knobs: createProviderKnobs(0),
    records,
    hooks: {},
    waitForFile: true,
    keepNewest: Infinity,
  });
  servers.push(started);
  return serverOf(heading, { url: started.url, key: KEY });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clapper-routes-'));
  const file = join(folder, 'routes.json');
  const declared = [await simulated('vLLM-Omni', VLLM_OMNI), await simulated('LiteLLM', LITELLM)];
  await writeFile(file, JSON.stringify({ servers: declared }));
  testbed = await startBotTestbed({ env: { ROUTES_FILE: file } });
});
afterAll(async () => {
  await testbed.close();
  await Promise.all(servers.map(async ({ down }) => down()));
  await rm(folder, { recursive: true });
});

const sent = (provider: string, purpose: string) =>
  records.requests.filter((one) => one.provider === provider && one.purpose === purpose);

describe('a server of the operator’s own', () => {
  it('makes a video, which is fetched with the key and delivered', async () => {
    const call = await callVideo(testbed, 'A lighthouse keeper', { model: 'gpu/wan-2.2-5b' });
    const message = await call.waitFor(hasClip);
    expect(message.text).toContain('Wan 2.2 5B');
    await endedMessage(testbed, call);
    const [create] = sent('gpu', 'create');
    expect(create?.headers['content-type']).toMatch(/^multipart\/form-data/);
    expect(create?.body).toMatchObject({
      model: 'Wan-AI/Wan2.2-TI2V-5B-Diffusers',
      prompt: 'A lighthouse keeper',
      seconds: '5',
      size: '1280x704',
      num_inference_steps: '40',
    });
    const [result] = sent('gpu', 'result');
    expect(result?.path).toMatch(/^\/v1\/videos\/video_gen_\w+\/content$/);
    expect(result?.headers.authorization).toBe('Bearer <right key>');
  });

  it('is sent a picture as a file where it takes no address', async () => {
    const call = await callVideo(testbed, 'The same, in the rain', {
      model: 'litellm/azure/sora-2',
      first_frame: fileFor('first_frame'),
    });
    await call.waitFor(hasClip);
    const [create] = sent('litellm', 'create');
    expect(create?.body).toMatchObject({
      model: 'azure/sora-2',
      input_reference: { filename: 'input_reference.png', mimeType: 'image/png', bytes: 11 },
    });
  });

  it('refuses what its declaration does not have, and sends nothing', async () => {
    const before = sent('gpu', 'create').length;
    const call = await callVideo(testbed, 'Too long', { model: 'gpu/wan-2.2-5b', duration: 9 });
    await call.acknowledged;
    expect(sent('gpu', 'create')).toHaveLength(before);
  });
});
