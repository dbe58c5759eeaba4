import { describe, expect, it } from 'vitest';
import { createReuseMedia } from '../../src/app/reuse-media.ts';
import { MAX_INLINE_BYTES } from '../../src/domain/routes/copy-rules.ts';
import type { KeptName } from '../../src/domain/routes/kept-media.ts';
import type { Attachment } from '../../src/domain/routes/request.ts';
import { taskIdSchema } from '../../src/domain/tasks/task-id.ts';
import { aRequest, anAttachment } from '../fakes/a-request.ts';
import { TASK_ID } from '../fakes/a-task.ts';
import { routeOf } from '../fakes/catalogue.ts';
import { NOON } from '../fakes/clock.ts';
import { memoryMedia } from '../fakes/memory-media.ts';

const JIMMY = routeOf('jimmy/seedance2.0-sp');
const ANYFAST = routeOf('anyfast/seedance-2.0-mini');
const EARLIER = taskIdSchema.parse('1299999999999999999');
const HOUR = 3_600_000;

const addressUntil = (ms: number): string =>
  `https://cdn.discordapp.com/a?ex=${Math.floor(ms / 1000).toString(16)}&hm=1`;
const GOOD = addressUntil(NOON + 3 * HOUR);

function aWorld({ isOn = true, answers = true } = {}) {
  const media = memoryMedia();
  const asked: string[] = [];
  const reuse = createReuseMedia({
    media: { ...media, isOn },
    clock: { now: () => NOON },
    probe: {
      async isThere({ url }) {
        asked.push(url);
        return answers;
      },
    },
  });
  const keep = (option: KeptName, bytes: number, taskId = TASK_ID, sha256 = 'a'.repeat(64)) => {
    const kept = { taskId, option, sha256, bytes, filename: 'x' };
    media.byName.set(`${taskId}-${option}`, { kept, content: Buffer.alloc(0) });
    return { taskId, option, sha256 };
  };
  const find = async (route: typeof JIMMY, given: Readonly<Record<string, Attachment>>) =>
    reuse(TASK_ID, aRequest({ media: given }), route, new AbortController().signal);
  return { keep, find, asked };
}

describe('media of an earlier request', () => {
  it('are the copies of its task, whatever became of their addresses', async () => {
    const { keep, find, asked } = aWorld();
    const kept = keep('image1', 7);
    const image1 = anAttachment('image1');
    await expect(find(JIMMY, { image1 })).resolves.toEqual({
      kind: 'ready',
      request: aRequest({ media: { image1: { ...image1, bytes: 7, kept } } }),
    });
    await expect(find(ANYFAST, { image1 })).resolves.toMatchObject({ kind: 'ready' });
    expect(asked).toEqual([]);
  });

  it('are the copies from which it was made, if it has none of its own', async () => {
    const { keep, find } = aWorld();
    const kept = keep('last_clip_frame', 7, EARLIER);
    const first_frame = anAttachment('first_frame', { kept, url: '' });
    const frames = routeOf('jimmy/seedance2.0-fast-i2v');
    await expect(find(frames, { first_frame })).resolves.toMatchObject({
      kind: 'ready',
      request: { media: { first_frame: { kept } } },
    });
    const other = { ...kept, sha256: 'b'.repeat(64) };
    await expect(find(frames, { first_frame: { ...first_frame, kept: other } })).resolves.toEqual({
      kind: 'gone',
      options: ['first_frame'],
    });
  });

  it('of which a copy is gone are named, and their addresses not tried', async () => {
    const { keep, find, asked } = aWorld();
    keep('image2', 7);
    const given = { image1: anAttachment('image1', { url: GOOD }), image2: anAttachment('image2') };
    await expect(find(JIMMY, given)).resolves.toEqual({ kind: 'gone', options: ['image1'] });
    expect(asked).toEqual([]);
  });

  it('are none where none were given', async () => {
    const { find } = aWorld();
    await expect(find(JIMMY, {})).resolves.toEqual({ kind: 'ready', request: aRequest() });
  });
});

const video = (url: string) => ({ video1: anAttachment('video1', { url }) });

describe('Discord’s address', () => {
  it('is used for what the provider takes no copies of, without the copy', async () => {
    const { keep, find, asked } = aWorld();
    const kept = keep('video1', 7);
    const given = { video1: anAttachment('video1', { url: GOOD, kept }) };
    const found = await find(ANYFAST, given);
    expect(found).toEqual({ kind: 'ready', request: aRequest({ media: video(GOOD) }) });
    expect(asked).toEqual([GOOD]);
  });

  it.each([
    ['ends within two hours', addressUntil(NOON + 2 * HOUR - 1000)],
    ['has ended', addressUntil(NOON - 1000)],
    ['does not say when it ends', 'https://cdn.discordapp.com/a?hm=1'],
    ['is none', ''],
  ])('that %s is not used, nor tried', async (_, url) => {
    const { find, asked } = aWorld();
    await expect(find(ANYFAST, video(url))).resolves.toEqual({ kind: 'gone', options: ['video1'] });
    expect(asked).toEqual([]);
  });

  it('that does not answer is not used', async () => {
    const { find } = aWorld({ answers: false });
    const found = await find(ANYFAST, video(GOOD));
    expect(found).toEqual({ kind: 'gone', options: ['video1'] });
  });

  it('is used for everything where nothing is kept', async () => {
    const { find } = aWorld({ isOn: false });
    const given = { image1: anAttachment('image1', { url: GOOD }) };
    const found = await find(JIMMY, given);
    expect(found).toEqual({ kind: 'ready', request: aRequest({ media: given }) });
  });

  it('is used for what has no room in one body', async () => {
    const { keep, find } = aWorld();
    for (const option of ['image1', 'image2'] as const) keep(option, MAX_INLINE_BYTES * 0.6);
    const given = {
      image1: anAttachment('image1', { url: GOOD }),
      image2: anAttachment('image2', { url: GOOD }),
    };
    const found = await find(ANYFAST, given);
    const media = found.kind === 'ready' ? found.request.media : {};
    expect([media.image1?.kept === undefined, media.image2?.kept === undefined]).toEqual([
      false,
      true,
    ]);
    // Uploads share no body.
    const uploaded = await find(JIMMY, given);
    expect(uploaded).toMatchObject({
      request: { media: { image2: { kept: { option: 'image2' } } } },
    });
  });
});
