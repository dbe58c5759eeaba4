import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FindClip } from '../../../src/app/ports/last-frames-port.ts';
import { LAST_CLIP_FRAME } from '../../../src/domain/routes/kept-media.ts';
import type { KeptMedia } from '../../../src/domain/routes/kept-media.ts';
import { createDeliveredClips } from '../../../src/media/clips/delivered-clips.ts';
import { createFetchFrame } from '../../../src/media/clips/fetch-frame.ts';
import { createLastFrames } from '../../../src/media/clips/last-frames.ts';
import { deleteWorkFolder, openWorkFolder } from '../../../src/media/clips/work-folder.ts';
import type { WorkFolder } from '../../../src/media/clips/work-folder.ts';
import { runFfmpeg } from '../../../src/media/ffmpeg/run-ffmpeg.ts';
import type { Ffmpeg } from '../../../src/media/ffmpeg/take-last-frame.ts';
import { createAttachmentSource } from '../../../src/media/kept/fetch-attachment.ts';
import { aTask } from '../../fakes/a-task.ts';
import { aWorkFolder } from '../../fakes/work-folder.ts';
import { FFMPEG, describeWithFfmpeg, makeClip } from '../../fakes/ffmpeg.ts';
import { recordingLog } from '../../fakes/log.ts';
import { memoryMedia } from '../../fakes/memory-media.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';
import { idOf, parts } from '../kept/kept-media.ts';
import { agentWith, serve } from '../media-fixture.ts';

/** How a PNG of 1280×720 begins. */
const PICTURE = Buffer.from('89504e470d0a1a0a0000000d4948445200000500000002d0', 'hex');

interface WorldOptions {
  readonly run?: Ffmpeg;
  readonly isThere?: boolean;
  readonly clip?: Buffer;
  /** Whether copies of media are kept. */
  readonly isKeeping?: boolean;
  /** Answers what is asked at `origin`; by default with the clip. */
  readonly answer?: RequestListener;
}

/** Last frames of clips that are files, with ffmpeg as a test wants it. */
const UNCUT = new AbortController().signal;

async function aWorld({
  run = writesAPicture,
  isThere = true,
  clip,
  isKeeping = true,
  answer = (_, response) => response.end(clip),
}: WorldOptions = {}) {
  const dataDir = temporaryFolder();
  const folder = aWorkFolder(dataDir);
  const kept = memoryMedia();
  const keepNone = { isOn: false, keep: async () => undefined };
  const store = isKeeping ? kept : { ...kept, ...keepNone };
  const log = recordingLog();
  const trustedHosts = [{ host: '127.0.0.1' }];
  const agent = agentWith({ trustedHosts });
  const { origin } = await serve(answer);
  const source = createAttachmentSource({ agent, trustedHosts });
  const ffmpeg = { run, isThere: () => isThere, known: async () => isThere };
  const stop = new AbortController();
  const moved: string[] = [];
  const gone = new Set<string>();
  const exists = async (taskId: string): Promise<boolean> => !gone.has(taskId);
  const behind = { folder, log, exists, signal: stop.signal };
  const taskOf = async (id: string) => ((await exists(id)) ? aTask({ id }) : undefined);
  const asked: string[] = [];
  const findClip: FindClip = async ({ address }) => {
    asked.push(address.messageId ?? 'none');
    return clip && { url: `${origin}/clip.mp4`, bytes: clip.length };
  };
  const fetchFrame = createFetchFrame({ agent, trustedHosts });
  const frames = createLastFrames({
    ...behind,
    store,
    ffmpeg,
    source,
    fetchFrame,
    taskOf,
    findClip,
  });
  const clips = createDeliveredClips({
    ...behind,
    frames,
    smaller: { add: () => undefined, isMaking: () => false, settled: async () => undefined },
    video: {
      async moveOut(taskId, toPath) {
        moved.push(taskId);
        writeFileSync(toPath, clip ?? 'a clip');
        return true;
      },
    },
  });
  const left = (): string[] => readdirSync(join(dataDir, 'work'));
  return { clips, frames, store, log, moved, gone, stop, left, origin, dataDir, asked };
}

const writesAPicture: Ffmpeg = async ({ args }) => {
  writeFileSync(String(args.at(-1)).replace('file:', ''), PICTURE);
  return { kind: 'done', text: '' };
};

const taskWith = (lastFrameUrl: string) =>
  aTask({ id: idOf(1), secrets: { interactionToken: 'token', lastFrameUrl } });
const taskOf = (number: number) => aTask({ id: idOf(number) });

describe('the last frame of a delivered clip', () => {
  it('is kept with the media of its task, and nothing else stays', async () => {
    const { clips, store, left } = await aWorld();
    await clips.delivered(taskOf(1));
    await clips.settled();
    expect(store.byName.get(`${idOf(1)}-${LAST_CLIP_FRAME}`)).toMatchObject({
      kept: { mimeType: 'image/png', width: 1280, height: 720, bytes: PICTURE.length },
      content: PICTURE,
    });
    expect(left()).toEqual([]);
  });

  it('delays no delivery: what waits is one ffmpeg at a time, twenty clips at most', async () => {
    let running = 0;
    let most = 0;
    let goOn: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const { clips, store, log, left, moved } = await aWorld({
      async run(given) {
        most = Math.max(most, (running += 1));
        await gate;
        running -= 1;
        return writesAPicture(given);
      },
    });
    for (let number = 1; number <= 23; number += 1) await clips.delivered(taskOf(number));
    expect(left().filter((name) => name.endsWith('clip.mp4'))).toHaveLength(21);
    expect(log.lines).toHaveLength(2);
    expect(moved).toHaveLength(21);
    goOn?.();
    await clips.settled();
    expect(store.byName.size).toBe(21);
    expect(most).toBe(1);
    expect(left()).toEqual([]);
  });

  it('is not taken without ffmpeg, and the downloads keep their file', async () => {
    const { clips, frames, moved } = await aWorld({ isThere: false });
    expect(frames.isOn).toBe(false);
    await clips.delivered(taskOf(1));
    expect(moved).toEqual([]);
  });

  it('is not taken of a task that was deleted meanwhile, nor after a stop', async () => {
    const { clips, store, gone, stop, left, moved } = await aWorld();
    gone.add(idOf(1));
    await clips.delivered(taskOf(1));
    await clips.settled();
    stop.abort();
    await clips.delivered(taskOf(2));
    expect(store.byName.size).toBe(0);
    expect([moved, left()]).toEqual([[idOf(1)], []]);
  });

  it('that fails is logged and leaves nothing', async () => {
    const { clips, store, log, left } = await aWorld({
      run: async () => ({ kind: 'failed', detail: 'SIGKILL', text: '' }),
    });
    await clips.delivered(taskOf(1));
    await clips.settled();
    expect(store.byName.size).toBe(0);
    expect(log.lines).toMatchObject([{ fields: { detail: 'SIGKILL' }, level: 'warn' }]);
    expect(left()).toEqual([]);
  });
});

describe('a last frame that the provider has', () => {
  const GIVEN = Buffer.concat([PICTURE, Buffer.from(' as it was made')]);

  it('is kept as it is, and none is taken from the clip', async () => {
    let runs = 0;
    const { clips, store, origin, left } = await aWorld({
      answer: (_, response) => response.end(GIVEN),
      run: async (given) => {
        runs += 1;
        return writesAPicture(given);
      },
    });
    await clips.delivered(taskWith(`${origin}/f.png?X-Tos-Signature=1`));
    await clips.settled();
    expect(store.byName.get(`${idOf(1)}-${LAST_CLIP_FRAME}`)).toMatchObject({
      kept: { mimeType: 'image/png', width: 1280, height: 720, bytes: GIVEN.length },
      content: GIVEN,
    });
    expect([runs, left()]).toEqual([0, []]);
  });

  it.each<[string, RequestListener]>([
    ['gone', (_, response) => response.writeHead(404).end()],
    ['no picture', (_, response) => response.end('<html>')],
    ['empty', (_, response) => response.end()],
    [
      'larger than any clip',
      (_, response) => {
        response.end(Buffer.concat([PICTURE.subarray(0, 16), Buffer.alloc(8, 0xff)]));
      },
    ],
    ['of no size', (_, response) => response.end(PICTURE.subarray(0, 20))],
    [
      'elsewhere',
      (_, response) => response.writeHead(302, { location: 'https://x.test/f.png' }).end(),
    ],
    [
      'cut',
      (_, response) => {
        response.writeHead(200, { 'content-length': '500' });
        response.write(PICTURE, () => response.socket?.destroy());
      },
    ],
  ])('is taken from the clip where it is %s', async (_what, answer) => {
    const { clips, store, log, origin, left } = await aWorld({ answer });
    await clips.delivered(taskWith(`${origin}/f.png?X-Tos-Signature=1`));
    await clips.settled();
    expect(store.byName.get(`${idOf(1)}-${LAST_CLIP_FRAME}`)?.content).toEqual(PICTURE);
    expect(log.lines).toMatchObject([{ message: "provider's last frame not kept" }]);
    expect(JSON.stringify(log.lines)).not.toContain('Signature');
    expect(left()).toEqual([]);
  });

  it.each(['http://10.0.0.7/f.png', 'file:///etc/passwd', 'https://user:word@x.test/f.png'])(
    'is not fetched from %s',
    async (url) => {
      const { clips, store, log } = await aWorld();
      await clips.delivered(taskWith(url));
      await clips.settled();
      expect(store.byName.get(`${idOf(1)}-${LAST_CLIP_FRAME}`)?.content).toEqual(PICTURE);
      expect(JSON.stringify(log.lines)).toContain('its address is forbidden');
    },
  );
});

describe('a last frame that is asked for', () => {
  it('is the kept one', async () => {
    const { frames, store } = await aWorld();
    const about = { taskId: idOf(1), option: LAST_CLIP_FRAME, filename: 'last-frame.png' } as const;
    const kept = await store.keep(about, parts(PICTURE));
    await expect(frames.find(taskOf(1), undefined)).resolves.toEqual(kept);
    await expect(frames.find(taskOf(2), undefined)).resolves.toBeUndefined();
  });

  it('is taken again from the clip on the message, and kept', async () => {
    const clip = Buffer.from('a clip');
    const { frames, store, origin, left } = await aWorld({ clip });
    const onMessage = { url: `${origin}/clip.mp4`, bytes: clip.length };
    const found = await frames.find(taskOf(1), onMessage);
    expect(found).toMatchObject({ option: LAST_CLIP_FRAME, width: 1280 });
    expect(store.byName.size).toBe(1);
    expect(left()).toEqual([]);
  });

  it('is taken once for all who ask for it meanwhile', async () => {
    const clip = Buffer.from('a clip');
    let runs = 0;
    const { frames, origin } = await aWorld({
      clip,
      run: async (given) => {
        runs += 1;
        return writesAPicture(given);
      },
    });
    const onMessage = { url: `${origin}/clip.mp4`, bytes: clip.length };
    const asked = Array.from({ length: 5 }, async () => frames.find(taskOf(1), onMessage));
    const found = await Promise.all(asked);
    expect(new Set(found).size).toBe(1);
    expect([found[0]?.width, runs]).toEqual([1280, 1]);
    await frames.settled();
  });

  it('is not taken where twenty clips wait already', async () => {
    const clip = Buffer.from('a clip');
    const { frames, origin } = await aWorld({ clip });
    const onMessage = { url: `${origin}/clip.mp4`, bytes: clip.length };
    const found = await Promise.all(
      Array.from({ length: 22 }, async (_, number) => frames.find(taskOf(number + 1), onMessage)),
    );
    expect(found.filter((frame) => frame === undefined)).toHaveLength(1);
  });

  it('is not kept of a task that was deleted meanwhile', async () => {
    const clip = Buffer.from('a clip');
    const { frames, store, origin, gone } = await aWorld({
      clip,
      run: async (given) => {
        gone.add(idOf(1));
        return writesAPicture(given);
      },
    });
    const onMessage = { url: `${origin}/clip.mp4`, bytes: clip.length };
    await expect(frames.find(taskOf(1), onMessage)).resolves.toBeUndefined();
    expect(store.byName.size).toBe(0);
  });

  it('is cut by a stop', async () => {
    const clip = Buffer.from('a clip');
    const { frames, origin, stop, left } = await aWorld({
      clip,
      run: async ({ signal }) => {
        stop.abort();
        return { kind: 'failed', detail: signal.aborted ? 'cut' : 'not cut', text: '' };
      },
    });
    const onMessage = { url: `${origin}/clip.mp4`, bytes: clip.length };
    await expect(frames.find(taskOf(1), onMessage)).resolves.toBeUndefined();
    await frames.settled();
    expect(left()).toEqual([]);
  });

  it('is not there if the clip is gone, or not Discord’s', async () => {
    const { frames, log, origin, left } = await aWorld({ clip: Buffer.from('short') });
    const cut = { url: `${origin}/clip.mp4`, bytes: 100 };
    await expect(frames.find(taskOf(1), cut)).resolves.toBeUndefined();
    const foreign = { url: 'https://example.com/clip.mp4', bytes: 100 };
    await expect(frames.find(taskOf(1), foreign)).resolves.toBeUndefined();
    expect(log.lines).toHaveLength(2);
    expect(left()).toEqual([]);
  });
});

describe('a last frame where no media are kept', () => {
  const clip = Buffer.from('a clip');

  it('can be had, and none is taken of what is delivered', async () => {
    const { clips, frames, moved } = await aWorld({ clip, isKeeping: false });
    await clips.delivered(taskOf(1));
    await clips.settled();
    expect([frames.isOn, await frames.canTake(), moved]).toEqual([true, true, []]);
  });

  it('is taken from the clip, and is there for the create although it is not kept', async () => {
    const { frames, store, origin, left, asked } = await aWorld({ clip, isKeeping: false });
    const found = await frames.find(taskOf(1), { url: `${origin}/clip.mp4`, bytes: clip.length });
    expect(found).toMatchObject({ option: LAST_CLIP_FRAME, width: 1280, bytes: PICTURE.length });
    await expect(frames.find(taskOf(1), undefined)).resolves.toEqual(found);
    if (found === undefined) throw new Error('no frame');
    await expect(frames.read(found, UNCUT)).resolves.toEqual(PICTURE);
    expect([store.byName.size, left(), asked]).toEqual([0, [], []]);
  });

  const before = { taskId: idOf(1), option: LAST_CLIP_FRAME, sha256: 'a'.repeat(64) } as const;

  it('is taken once more for the create, as after a restart', async () => {
    const { frames, store, left, asked } = await aWorld({ clip, isKeeping: false });
    await expect(frames.read(before, UNCUT)).resolves.toEqual(PICTURE);
    expect([store.byName.size, left(), asked.length]).toEqual([0, [], 1]);
  });

  it('is not given once its task is deleted, nor taken from it', async () => {
    const { frames, gone, asked } = await aWorld({ clip, isKeeping: false });
    const { taskId } = before;
    const found = await frames.find({ id: taskId }, await clipOf(clip));
    gone.add(taskId);
    await expect(frames.read(found ?? before, UNCUT)).resolves.toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('is not there now where the clip is not to be had', async () => {
    const { frames } = await aWorld({ isKeeping: false });
    await expect(frames.read(before, UNCUT)).resolves.toBe('not-now');
  });

  it('is waited for until the signal of who needs it', async () => {
    const { frames } = await aWorld({ clip, isKeeping: false });
    const stopped = new Error('stopped');
    await expect(frames.read(before, AbortSignal.abort(stopped))).rejects.toBe(stopped);
  });
});

it('a last frame that is gone before the create is taken again, and kept', async () => {
  const { frames, store } = await aWorld({ clip: Buffer.from('a clip') });
  const gone = { taskId: idOf(1), option: LAST_CLIP_FRAME, sha256: 'a'.repeat(64) } as const;
  await expect(frames.read(gone, UNCUT)).resolves.toEqual(PICTURE);
  expect(store.byName.size).toBe(1);
});

it('the work folder begins empty, but for what others have in it', () => {
  const dataDir = temporaryFolder();
  aWorkFolder(dataDir);
  const work = join(dataDir, 'work');
  const left = [`${idOf(1)}-3-clip.mp4`, `${idOf(1)}-1-0123456789abcdef-frame.png`];
  for (const name of [...left, 'notes.txt']) writeFileSync(join(work, name), 'x');
  writeFileSync(aWorkFolder(dataDir).newPath(idOf(1)), 'x');
  aWorkFolder(dataDir);
  expect(readdirSync(work)).toEqual(['notes.txt']);
  expect(existsSync(work)).toBe(true);
});

it('what is left in the work folder stays there until the time is known', () => {
  const dataDir = temporaryFolder();
  const path = aWorkFolder(dataDir).newPath(idOf(1));
  writeFileSync(path, 'x');
  const waiting: (() => void)[] = [];
  const clock = { onceKnown: (then: () => void) => void waiting.push(then) };
  const folder = openWorkFolder({ dataDir, clock, log: recordingLog() });
  const own = folder.newPath(idOf(2));
  writeFileSync(own, 'x');
  expect(existsSync(path)).toBe(true);
  for (const then of waiting) then();
  expect([existsSync(path), existsSync(own)]).toEqual([false, true]);
});

it('the work folder of each instance is its own, until it is no more', () => {
  const dataDir = temporaryFolder();
  const path = aWorkFolder(dataDir, 'west').newPath(idOf(1));
  writeFileSync(path, 'x');
  aWorkFolder(dataDir, 'east');
  aWorkFolder(dataDir);
  expect(existsSync(path)).toBe(true);
  deleteWorkFolder(dataDir, 'west');
  deleteWorkFolder(dataDir, 'west');
  expect(readdirSync(join(dataDir, 'work'))).toEqual(['east']);
});

it('a picture that the store refuses without a look leaves nothing', async () => {
  const { clips, store, log, left } = await aWorld();
  Object.assign(store, { keep: async () => Promise.reject(new Error('this store is full')) });
  await clips.delivered(taskOf(1));
  await clips.settled();
  expect(log.lines).toMatchObject([{ fields: { detail: 'this store is full' } }]);
  expect(left()).toEqual([]);
});

/** A clip as Discord has it. */
async function clipOf(clip: Buffer) {
  const { origin } = await serve((_, response) => response.end(clip));
  return { url: `${origin}/clip.mp4`, bytes: clip.length };
}

async function framePathIn(folder: WorkFolder): Promise<string> {
  return folder.with(idOf(1), async (pathOf) => pathOf('frame.png'));
}

it('what a killed process left running writes where no later one works', async () => {
  const dataDir = temporaryFolder();
  const before = await framePathIn(aWorkFolder(dataDir));
  const after = await framePathIn(aWorkFolder(dataDir));
  expect(after).not.toBe(before);
  writeFileSync(before, 'late');
  aWorkFolder(dataDir);
  expect(readdirSync(join(dataDir, 'work'))).toEqual([]);
});

describeWithFfmpeg('with ffmpeg', () => {
  it('the frame has the size of the clip', async () => {
    const clipPath = join(temporaryFolder(), 'clip.mp4');
    makeClip(clipPath, ['-f', 'lavfi', '-i', 'testsrc=s=320x180:r=24:d=1', '-pix_fmt', 'yuv420p']);
    const { frames } = await aWorld({ run: async (given) => runFfmpeg(FFMPEG, given) });
    const { signal } = new AbortController();
    const kept: KeptMedia | undefined = await frames.take(idOf(1), clipPath, signal);
    expect(kept).toMatchObject({ mimeType: 'image/png', width: 320, height: 180 });
  });
});
