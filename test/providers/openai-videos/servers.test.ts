import { describe, expect, it, onTestFinished } from 'vitest';
import type { GivenSubmission } from '../../../src/app/ports/provider-port.ts';
import { catalogueOf } from '../../../src/providers/catalogue-of.ts';
import { createProvider } from '../../../src/providers/create-provider.ts';
import { valueAt } from '../../../src/providers/read-answer.ts';
import { createResultKeys } from '../../../src/providers/result-keys.ts';
import { createProviderKnobs } from '../../../src/simulators/providers/knob.ts';
import { videoServerDialect } from '../../../src/simulators/providers/openai-videos/dialect.ts';
import {
  LITELLM,
  NEW_API,
  SGLANG,
  VLLM_OMNI,
} from '../../../src/simulators/providers/openai-videos/servers.ts';
import type { VideoServer } from '../../../src/simulators/providers/openai-videos/servers.ts';
import { simulateProvider } from '../../../src/simulators/providers/simulate-provider.ts';
import type { ProviderRecords } from '../../../src/simulators/providers/simulate-provider.ts';
import { createFetcher, mp4OfSize } from '../../media/media-fixture.ts';
import { declaredIn, serverOf } from './examples.ts';

const KEY = 'sk-of-this-server';
const PICTURE = 'https://cdn.discordapp.com/a.png?ex=1';
const NEVER = new AbortController().signal;

/** An example of the page against the simulation of its server. */
async function play(heading: string, server: VideoServer) {
  const records: ProviderRecords = { requests: [], tasks: [], assets: [] };
  const knobs = createProviderKnobs(0);
  const name = String(serverOf(heading)['name']);
  const simulated = await simulateProvider(videoServerDialect(name, server), {
    draw: async () => mp4OfSize(1000),
    sizeOf: () => undefined,
    fetchMedia: async () => undefined,
    now: () => 0,
    mediaTimeoutMs: 1000,
    key: KEY,
    knobs,
    records,
    hooks: {},
    waitForFile: true,
    keepNewest: Infinity,
  });
  const { url } = simulated;
  const [declared] = declaredIn(serverOf(heading, { url, key: KEY }));
  if (declared === undefined) throw new Error('nothing is declared');
  const { descriptor, baseUrl } = declared;
  const provider = createProvider(descriptor, {
    baseUrl,
    apiKey: KEY,
    media: { read: async () => undefined },
    fetchFile: async () => Buffer.from('a picture'),
  });
  onTestFinished(async () => {
    await provider.close();
    await simulated.down();
  });
  const [route] = catalogueOf([descriptor]).routes;
  if (route === undefined) throw new Error('the server has no routes');
  const submission = (more: Partial<GivenSubmission> = {}): GivenSubmission => ({
    route: route.id,
    prompt: 'a boat',
    durationSeconds: route.duration.default,
    media: [],
    ...more,
  });
  const made = async (given: GivenSubmission): Promise<string> => {
    const outcome = await provider.create(given, NEVER);
    if (outcome.kind !== 'created') throw new Error(JSON.stringify(outcome));
    return outcome.providerTaskId;
  };
  return { provider, route, submission, made, records, knobs, name, url };
}

const SERVERS = [
  ['vLLM-Omni', VLLM_OMNI],
  ['SGLang', SGLANG],
  ['LiteLLM', LITELLM],
  ['New-API', NEW_API],
] as const;

describe.each(SERVERS)('a model on %s', (heading, server) => {
  it('makes a video of words, in every size, which is fetched', async () => {
    const { provider, route, submission, made, records, name, url } = await play(heading, server);
    const resolutions = route.output.kind === 'fixed' ? [] : route.output.resolutions;
    for (const resolution of resolutions) {
      for (const ratio of route.ratios.accepted) {
        const id = await made(submission({ resolution, ratio }));
        expect(records.tasks.at(-1)?.clip).toMatchObject({
          prompt: 'a boat',
          resolution,
          ratio,
          durationSeconds: route.duration.default,
        });
        const outcome = await provider.query(id, NEVER);
        expect(outcome).toMatchObject({ kind: 'finished' });
        const resultUrl = outcome.kind === 'finished' ? (outcome.resultUrl ?? '') : '';
        const keyFor = createResultKeys({ [name]: { baseUrl: url, apiKey: KEY } });
        const fetcher = await createFetcher({ keyFor });
        expect(await fetcher.fetch(resultUrl, { withKeyOf: name })).toMatchObject({
          kind: 'saved',
          bytes: 1000,
        });
      }
    }
    const created = records.requests.filter(({ purpose }) => purpose === 'create');
    const body = valueAt(serverOf(heading), 'dialect.body');
    const type = body === 'form' ? /^multipart\/form-data; boundary=/ : /^application\/json$/;
    for (const { headers } of created) expect(headers['content-type']).toMatch(type);
  });

  it('makes a video of a picture', async () => {
    const { provider, submission, made, records } = await play(heading, server);
    const medium = { role: 'first_frame', url: PICTURE } as const;
    const isFile = server.picture.as === 'file';
    const file = isFile ? { file: { bytes: 9, mimeType: 'image/png' } } : {};
    const given = await provider.giveCopies(
      { ...submission(), media: [{ ...medium, ...file }] },
      NEVER,
    );
    if (given.kind !== 'given') throw new Error(given.kind);
    await made(given.submission);
    const body: unknown = records.requests.find(({ purpose }) => purpose === 'create')?.body;
    const { media } = records.tasks[0]?.clip ?? {};
    const seen = isFile ? body : media;
    expect(seen).toMatchObject(
      isFile
        ? { input_reference: { filename: 'input_reference.png', mimeType: 'image/png', bytes: 9 } }
        : [{ use: 'first-frame', address: PICTURE }],
    );
  });

  it('is refused, missing, busy and broken as what it is', async () => {
    const { provider, submission, made, knobs } = await play(heading, server);
    knobs.create.next({ kind: 'refused', reason: 'the size is not taken' });
    expect(await provider.create(submission(), NEVER)).toMatchObject({
      kind: 'refused',
      refusal: { message: 'the size is not taken' },
    });
    knobs.create.next({ kind: 'rate-limited', retryAfterSeconds: 7 });
    expect(await provider.create(submission(), NEVER)).toMatchObject({
      kind: 'busy',
      retryAfterMs: 7000,
    });
    knobs.create.next({ kind: 'server-error', status: 503 });
    expect(await provider.create(submission(), NEVER)).toMatchObject({ kind: 'unknown' });
    knobs.create.next({ kind: 'wrong-shape' });
    expect(await provider.create(submission(), NEVER)).toMatchObject({ kind: 'unknown' });
    expect(await provider.query('no-such-task', NEVER)).toEqual({ kind: 'missing' });
    const id = await made(submission());
    knobs.query.next({ kind: 'fail', reason: 'out of memory' });
    expect(await provider.query(id, NEVER)).toMatchObject({
      kind: 'failed',
      refusal: { message: 'out of memory' },
    });
  });

  it('is not at an address with another path', async () => {
    const { submission, url } = await play(heading, server);
    const [declared] = declaredIn(serverOf(heading, { url: `${url}/v1`, key: KEY }));
    if (declared === undefined) throw new Error('nothing is declared');
    const elsewhere = createProvider(declared.descriptor, {
      baseUrl: declared.baseUrl,
      apiKey: KEY,
      media: { read: async () => undefined },
    });
    onTestFinished(async () => elsewhere.close());
    expect(await elsewhere.create(submission(), NEVER)).toMatchObject({ kind: 'wrong-address' });
    expect(await elsewhere.query('x', NEVER)).toMatchObject({
      kind: 'fault',
      fault: 'wrong-address',
    });
  });

  it.each(['a/b/c', `${'x/'.repeat(255)}y`, '100%', 'a b', '?#', '视频'])(
    'is asked for a task by its whole id: %s',
    async (id) => {
      const { provider, submission, made, knobs } = await play(heading, server);
      knobs.taskId.next({ kind: 'custom', id });
      expect(await made(submission())).toBe(id);
      const outcome = await provider.query(id, NEVER);
      expect(outcome).toMatchObject({ kind: 'finished' });
    },
  );
});
