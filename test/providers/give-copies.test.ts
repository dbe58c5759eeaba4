import { describe, expect, it, onTestFinished } from 'vitest';
import type { KeptMedia, KeptName } from '../../src/domain/routes/kept-media.ts';
import { MAX_INLINE_BYTES } from '../../src/domain/routes/copy-rules.ts';
import type { Submission, SubmittedMedia } from '../../src/domain/routes/submission.ts';
import { ANYFAST } from '../../src/providers/anyfast/descriptor.ts';
import { createProvider } from '../../src/providers/create-provider.ts';
import { JIMMY } from '../../src/providers/jimmy/descriptor.ts';
import { startSimulatedProviders } from '../../src/simulators/providers/simulated-providers.ts';
import { TASK_ID } from '../fakes/a-task.ts';
import { memoryMedia } from '../fakes/memory-media.ts';

const PICTURE = Buffer.from('a picture');
const { signal } = new AbortController();

async function* parts(content: Buffer): AsyncGenerator<Buffer> {
  yield content;
}

/** Both providers as the bot calls them, over what is simulated of them. */
async function bothProviders() {
  const simulated = await startSimulatedProviders({ quick: true, taskMs: 0 });
  const media = memoryMedia();
  const optionsOf = ({ url, key }: { readonly url: string; readonly key: string }) => ({
    baseUrl: url,
    apiKey: key,
    media,
  });
  const jimmy = createProvider(JIMMY, optionsOf(simulated.jimmy));
  const anyfast = createProvider(ANYFAST, optionsOf(simulated.anyfast));
  onTestFinished(async () => {
    await Promise.all([jimmy.close(), anyfast.close()]);
    await simulated.close();
  });
  const keep = async (option: KeptName, mimeType: string, content = PICTURE) =>
    media.keep(
      { taskId: TASK_ID, option, filename: 'me at the beach.png', mimeType },
      parts(content),
    );
  return { simulated, media, jimmy, anyfast, keep };
}

function copied(
  role: SubmittedMedia['role'],
  kept: KeptMedia | undefined,
  url = '',
): SubmittedMedia {
  if (kept === undefined) throw new Error('not kept');
  const { taskId, option, sha256, bytes, mimeType } = kept;
  return { role, url, copy: { taskId, option, sha256, bytes, mimeType } };
}

const submissionOf = (route: string, ...media: SubmittedMedia[]): Submission => ({
  route,
  prompt: 'a boat',
  durationSeconds: 5,
  media,
});

describe('Jimmy AI', () => {
  it('is given copies by uploads, under names of the bot’s own', async () => {
    const { simulated, jimmy, keep } = await bothProviders();
    const picture = await keep('image1', 'image/jpeg');
    const frame = await keep('last_clip_frame', 'image/png');
    const given = await jimmy.giveCopies(
      submissionOf(
        'jimmy/seedance2.0-sp',
        copied('reference_image', picture, 'https://cdn.discordapp.com/expired'),
        copied('reference_image', frame),
      ),
      signal,
    );
    if (given.kind !== 'given') throw new Error(given.kind);
    const [first, second] = given.submission.media.map(({ url }) => url);
    expect(first).toMatch(/\/uploads\/.*\.jpg$/);
    expect(second).toMatch(/\/uploads\/.*\.png$/);
    const created = await jimmy.create(given.submission, signal);
    expect(created.kind).toBe('created');
    await Promise.all(simulated.tasks.map(async ({ drawn }) => drawn));
    expect(simulated.tasks.map(({ failure }) => failure)).toEqual([undefined]);
    expect(JSON.stringify(simulated.requests)).not.toContain('beach');
  });

  it('gives the file as it is', async () => {
    const { simulated, jimmy, keep } = await bothProviders();
    const clip = await keep('video1', 'video/mp4', Buffer.from([0, 255, 13, 10, 45, 45, 128]));
    const submission = submissionOf('jimmy/seedance2.0-sp', copied('reference_video', clip));
    const given = await jimmy.giveCopies(submission, signal);
    const [media] = given.kind === 'given' ? given.submission.media : [];
    const fetched = await fetch(media?.url ?? '');
    expect(Buffer.from(await fetched.arrayBuffer())).toEqual(
      Buffer.from([0, 255, 13, 10, 45, 45, 128]),
    );
    expect(fetched.headers.get('content-type')).toBe('video/mp4');
    expect(simulated.requests.map(({ purpose }) => purpose)).toEqual(['upload']);
  });

  it.each([
    [{ kind: 'server-error' }, 'upload: status 500 without an address'],
    [{ kind: 'refused', reason: 'unsupported file type' }, 'upload: status 200 without an address'],
    [{ kind: 'wrong-shape' }, 'upload: status 200 without an address'],
    [{ kind: 'not-json' }, 'upload: status 200 without an address'],
    [{ kind: 'cut-before-reading' }, 'upload: UND_ERR_SOCKET'],
  ] as const)(
    'that fails an upload by %o was not sent anything to make',
    async (answer, detail) => {
      const { simulated, jimmy, keep } = await bothProviders();
      simulated.knobs.jimmy.upload.always(answer);
      const submission = submissionOf(
        'jimmy/seedance2.0-sp',
        copied('reference_image', await keep('image1', 'image/png')),
      );
      await expect(jimmy.giveCopies(submission, signal)).resolves.toEqual({
        kind: 'not-sent',
        detail,
      });
      expect(simulated.tasks).toEqual([]);
    },
  );

  it('is given the address of what its document does not take as an upload', async () => {
    const { jimmy, keep } = await bothProviders();
    const url = 'https://cdn.discordapp.com/a.tiff';
    const tiff = copied('reference_image', await keep('image1', 'image/tiff'), url);
    await expect(
      jimmy.giveCopies(submissionOf('jimmy/seedance2.0-sp', tiff), signal),
    ).resolves.toMatchObject({ submission: { media: [{ role: 'reference_image', url }] } });
  });
});

describe('AnyFast', () => {
  it('is given pictures and sounds inside of the create, and videos by their address', async () => {
    const { simulated, anyfast, keep } = await bothProviders();
    const video = new URL('/none.mp4', simulated.jimmy.url).href;
    const given = await anyfast.giveCopies(
      submissionOf(
        'anyfast/seedance-2.0-mini',
        copied('reference_image', await keep('image1', 'image/png')),
        copied('reference_audio', await keep('audio1', 'audio/mpeg')),
        copied('reference_video', await keep('video1', 'video/mp4'), video),
      ),
      signal,
    );
    if (given.kind !== 'given') throw new Error(given.kind);
    expect(given.submission.media).toEqual([
      { role: 'reference_image', url: 'data:image/png;base64,', content: PICTURE },
      { role: 'reference_audio', url: 'data:audio/mpeg;base64,', content: PICTURE },
      { role: 'reference_video', url: video },
    ]);
    await expect(anyfast.create(given.submission, signal)).resolves.toMatchObject({
      kind: 'created',
    });
    const data = PICTURE.toString('base64');
    const sent = JSON.stringify(simulated.requests.map(({ body }) => body));
    expect(sent).toContain(`data:image/png;base64,${data}`);
    expect(sent).toContain(`data:audio/mpeg;base64,${data}`);
  });

  it('is given at most 45 MiB in one body, and addresses beyond', async () => {
    const { anyfast, media } = await bothProviders();
    const half = MAX_INLINE_BYTES / 2;
    const three = (['image1', 'image2', 'image3'] as const).map((option) => {
      const content = Buffer.from(option);
      const sha256 = option.padEnd(64, '0');
      // As large as they say: what is read is not measured again.
      const kept = {
        taskId: TASK_ID,
        option,
        sha256,
        bytes: half,
        filename: '',
        mimeType: 'image/png',
      };
      media.byName.set(`${TASK_ID}-${option}`, { kept, content });
      return copied('reference_image', kept, `https://cdn.discordapp.com/${option}`);
    });
    const given = await anyfast.giveCopies(
      submissionOf('anyfast/seedance-2.0-mini', ...three),
      signal,
    );
    const urls = given.kind === 'given' ? given.submission.media.map(({ url }) => url) : [];
    expect(urls.map((url) => url.slice(0, 5))).toEqual(['data:', 'data:', 'https']);
  });
});

describe('a copy that is gone', () => {
  it('is replaced by its address, if it has one', async () => {
    const { jimmy, media, keep } = await bothProviders();
    const kept = await keep('image1', 'image/png');
    media.byName.clear();
    const url = 'https://cdn.discordapp.com/a.png';
    const addressed = submissionOf('jimmy/seedance2.0-sp', copied('reference_image', kept, url));
    const given = await jimmy.giveCopies(addressed, signal);
    expect(given).toEqual({
      kind: 'given',
      submission: { ...addressed, media: [{ role: 'reference_image', url }] },
    });
    const without = submissionOf('jimmy/seedance2.0-sp', copied('reference_image', kept));
    await expect(jimmy.giveCopies(without, signal)).resolves.toEqual({ kind: 'gone' });
  });
});
