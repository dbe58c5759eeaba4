import { open, readFile, writeFile } from 'node:fs/promises';
import { unlessAborted } from '../../app/unless-aborted.ts';
import { boundedSignal } from '../../app/bounded-signal.ts';
import type { Log } from '../../app/ports/core.ts';
import type { ClipOnMessage, FindClip, LastFrames } from '../../app/ports/last-frames-port.ts';
import type { MediaStore, MediaToKeep } from '../../app/ports/media-store-port.ts';
import { errorCode } from '../../domain/error-code.ts';
import { LAST_CLIP_FRAME } from '../../domain/routes/kept-media.ts';
import type { KeptMedia, KeptReference } from '../../domain/routes/kept-media.ts';
import type { TaskId } from '../../domain/tasks/task-id.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { takeLastFrame } from '../ffmpeg/take-last-frame.ts';
import type { Ffmpeg } from '../ffmpeg/take-last-frame.ts';
import type { AttachmentSource } from '../kept/fetch-attachment.ts';
import { createHeldFrames } from './held-frames.ts';
import type { HeldFrames } from './held-frames.ts';
import { createSharedJobs } from './shared-jobs.ts';
import type { FetchFrame } from './fetch-frame.ts';
import type { WorkFolder } from './work-folder.ts';

export interface LastFramesDeps {
  readonly store: MediaStore;
  readonly ffmpeg: { readonly run: Ffmpeg; isThere(): boolean; known(): Promise<boolean> };
  readonly source: AttachmentSource;
  readonly fetchFrame: FetchFrame;
  readonly folder: WorkFolder;
  readonly log: Log;
  /** A task that was not deleted meanwhile, with its message or its record. */
  readonly taskOf: (taskId: TaskId) => Promise<Task | undefined>;
  readonly findClip: FindClip;
  /** Cuts what a stop finds. */
  readonly signal: AbortSignal;
}

/** Takes last frames, and keeps them with the media of their tasks. */
export interface LastFrameTaker extends LastFrames {
  /** Whether those of delivered clips are kept, so that they are taken at once. */
  readonly isKeeping: boolean;
  /**
   * The content of a frame that was found before. Where it is gone, as memory is after a restart, it is
   * taken again from the clip on its task's message; `not-now` where that fails. `undefined` where the
   * task was deleted. Rejects with the reason of the signal alone; what was begun goes on.
   */
  read(reference: KeptReference, signal: AbortSignal): Promise<Buffer | 'not-now' | undefined>;
  /** Takes the last frame of the clip in a file. Resolves with `undefined` if that fails. */
  take(taskId: TaskId, clipPath: string, signal: AbortSignal): Promise<KeptMedia | undefined>;
  /** Keeps the last frame that a provider has at an address. Resolves with `undefined` if that fails. */
  takeGiven(taskId: TaskId, url: string, signal: AbortSignal): Promise<KeptMedia | undefined>;
  /** Resolves when no frame is being taken again. */
  settled(): Promise<void>;
}

/** A download of a clip and its last frame together, in milliseconds. */
const AGAIN_LIMIT_MS = 60_000;
/** Clips that wait until their frame is taken again. */
const MAX_WAITING = 20;
/** The frames in memory together: room for the largest that goes into a create. */
const MAX_HELD_BYTES = 64 * 1_048_576;

interface KeepingDeps extends LastFramesDeps {
  readonly held: HeldFrames;
}

export function createLastFrames(given: LastFramesDeps): LastFrameTaker {
  const held = createHeldFrames(MAX_HELD_BYTES);
  const deps: KeepingDeps = { ...given, held };
  const { store, ffmpeg, fetchFrame, folder, log } = deps;
  const again = createSharedJobs<KeptMedia | undefined>(MAX_WAITING);
  const canTake = async (): Promise<boolean> => ffmpeg.known();
  const take: LastFrameTaker['take'] = async (taskId, clipPath, signal) => {
    try {
      return await takeAndKeep(deps, taskId, clipPath, signal);
    } catch (cause) {
      log.warn({ taskId, detail: detailOf(cause) }, 'last frame not kept');
      return undefined;
    }
  };

  const takeGiven: LastFrameTaker['takeGiven'] = async (taskId, url, signal) => {
    try {
      return await folder.with(taskId, async (pathOf) => {
        const path = pathOf('frame.png');
        await fetchFrame(url, path, signal);
        return await keepFrame(deps, taskId, path);
      });
    } catch (cause) {
      log.warn({ taskId, detail: detailOf(cause) }, "provider's last frame not kept");
      return undefined;
    }
  };

  const find: LastFrameTaker['find'] = async ({ id }, clip) => {
    const kept = (await store.find(id, LAST_CLIP_FRAME)) ?? held.find(id);
    if (kept !== undefined || clip === undefined || !(await canTake())) return kept;
    return again.do(id, async () => takeAgain(deps, take, id, clip));
  };

  return {
    get isOn() {
      return ffmpeg.isThere();
    },
    get isKeeping() {
      return store.isOn && ffmpeg.isThere();
    },
    canTake,
    take,
    takeGiven,
    find,
    read: async (reference, signal) => unlessAborted(readFrame(deps, find, reference), signal),
    settled: async () => again.settled(),
  };
}

/** Takes the frame of the clip on a message. */
async function takeAgain(
  { source, folder, log, signal: stopping }: KeepingDeps,
  take: LastFrameTaker['take'],
  taskId: TaskId,
  clip: ClipOnMessage,
): Promise<KeptMedia | undefined> {
  const bounded = boundedSignal([stopping], { ms: AGAIN_LIMIT_MS, reason: timeoutError });
  const { signal } = bounded;
  try {
    return await folder.with(taskId, async (pathOf) => {
      const path = pathOf('clip.mp4');
      // Opens the file before it reads: a stream's may appear after a failure was cleared away.
      await writeFile(path, source.read(clip, signal), { mode: 0o600, signal });
      return take(taskId, path, signal);
    });
  } catch (cause) {
    log.warn({ taskId, detail: detailOf(cause) }, 'clip for a last frame not downloaded');
    return undefined;
  } finally {
    bounded.release();
  }
}

async function readFrame(
  deps: KeepingDeps,
  find: LastFrameTaker['find'],
  reference: KeptReference,
): Promise<Buffer | 'not-now' | undefined> {
  try {
    return (await deps.store.read(reference)) ?? (await readUnkept(deps, find, reference));
  } catch (cause) {
    deps.log.warn({ taskId: reference.taskId, detail: detailOf(cause) }, 'last frame not read');
    return 'not-now';
  }
}

/** The content of a frame that is not kept: from memory, else taken again from its clip. */
async function readUnkept(
  { store, held, taskOf, findClip }: KeepingDeps,
  find: LastFrameTaker['find'],
  reference: KeptReference,
): Promise<Buffer | 'not-now' | undefined> {
  const task = await taskOf(reference.taskId);
  if (task === undefined) return undefined;
  const content = held.read(reference);
  if (content !== undefined) return content;
  // Another ffmpeg than the one before may make another file of the same picture.
  const frame = await find(task, await findClip(task));
  if (frame === undefined) return 'not-now';
  return (await store.read(frame)) ?? held.read(frame) ?? 'not-now';
}

async function takeAndKeep(
  deps: KeepingDeps,
  taskId: TaskId,
  clipPath: string,
  signal: AbortSignal,
): Promise<KeptMedia | undefined> {
  const { ffmpeg, folder, log } = deps;
  return folder.with(taskId, async (pathOf) => {
    const toPath = pathOf('frame.png');
    const taken = await takeLastFrame(ffmpeg.run, clipPath, { toPath, signal });
    if (taken.isTaken) return keepFrame(deps, taskId, toPath);
    log.warn({ taskId, detail: taken.why }, 'last frame not taken');
    return undefined;
  });
}

/** Keeps the picture in a file; in memory where no media are kept, or there is no room for it. */
async function keepFrame(
  { store, taskOf, held }: KeepingDeps,
  taskId: TaskId,
  path: string,
): Promise<KeptMedia | undefined> {
  const size = await pngSize(path);
  if (size === undefined) throw new Error('no PNG');
  const about: MediaToKeep = {
    taskId,
    option: LAST_CLIP_FRAME,
    filename: 'last-frame.png',
    mimeType: 'image/png',
    ...size,
  };
  const kept = store.isOn ? await keepFile(store, about, path) : undefined;
  if ((await taskOf(taskId)) !== undefined) return kept ?? held.hold(about, await readFile(path));
  // Its media were deleted meanwhile, before this one was there.
  await store.delete([taskId]);
  return undefined;
}

/** Opened before, so that no unread stream fails: the store may refuse what it is given. */
async function keepFile(
  store: MediaStore,
  about: MediaToKeep,
  path: string,
): Promise<KeptMedia | undefined> {
  const file = await open(path, 'r');
  try {
    return await store.keep(about, file.createReadStream({ autoClose: false }));
  } finally {
    await file.close();
  }
}

/** How a PNG begins, up to its width and height: the first two numbers of its first part. */
const PNG_START = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

/** No clip is larger, in pixels: what says so would stand in the way of every model. */
const MAX_SIDE = 16_384;

async function pngSize(path: string): Promise<{ width: number; height: number } | undefined> {
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read({ buffer: Buffer.alloc(PNG_START.length + 8), position: 0 });
    if (!buffer.subarray(0, PNG_START.length).equals(PNG_START)) return undefined;
    const width = buffer.readUInt32BE(PNG_START.length);
    const height = buffer.readUInt32BE(PNG_START.length + 4);
    const isSide = (side: number): boolean => side > 0 && side <= MAX_SIDE;
    return isSide(width) && isSide(height) ? { width, height } : undefined;
  } finally {
    await file.close();
  }
}

function timeoutError(): Error {
  return new DOMException('the clip took too long', 'TimeoutError');
}

/** What a log may show of an error: a message may contain an address. */
function detailOf(cause: unknown): string {
  return errorCode(cause) ?? (cause instanceof Error ? cause.message : 'failed');
}
