import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { boundedSignal } from '../../app/bounded-signal.ts';
import type { Log } from '../../app/ports/core.ts';
import type { ClipOnMessage, LastFrames } from '../../app/ports/last-frames-port.ts';
import type { MediaStore } from '../../app/ports/media-store-port.ts';
import { errorCode } from '../../domain/error-code.ts';
import { LAST_CLIP_FRAME } from '../../domain/routes/kept-media.ts';
import type { KeptMedia } from '../../domain/routes/kept-media.ts';
import type { TaskId } from '../../domain/tasks/task-id.ts';
import { takeLastFrame } from '../ffmpeg/take-last-frame.ts';
import type { Ffmpeg } from '../ffmpeg/take-last-frame.ts';
import type { AttachmentSource } from '../kept/fetch-attachment.ts';
import { createSharedJobs } from './shared-jobs.ts';
import type { WorkFolder } from './work-folder.ts';

export interface LastFramesDeps {
  readonly store: MediaStore;
  readonly ffmpeg: { readonly run: Ffmpeg; isThere(): boolean; known(): Promise<boolean> };
  readonly source: AttachmentSource;
  readonly folder: WorkFolder;
  readonly log: Log;
  /** Whether a task was not deleted meanwhile, with its message or its record. */
  readonly exists: (taskId: TaskId) => Promise<boolean>;
  /** Cuts what a stop finds. */
  readonly signal: AbortSignal;
}

/** Takes last frames, and keeps them with the media of their tasks. */
export interface LastFrameTaker extends LastFrames {
  /** Takes the last frame of the clip in a file. Resolves with `undefined` if that fails. */
  take(taskId: TaskId, clipPath: string, signal: AbortSignal): Promise<KeptMedia | undefined>;
  /** Resolves when no frame is being taken again. */
  settled(): Promise<void>;
}

/** A download of a clip and its last frame together, in milliseconds. */
const AGAIN_LIMIT_MS = 60_000;
/** Clips that wait until their frame is taken again. */
const MAX_WAITING = 20;

export function createLastFrames(deps: LastFramesDeps): LastFrameTaker {
  const { store, ffmpeg, source, folder, log, signal: stopping } = deps;
  const again = createSharedJobs<KeptMedia | undefined>(MAX_WAITING);
  const canTake = async (): Promise<boolean> => store.isOn && ffmpeg.known();
  const take: LastFrameTaker['take'] = async (taskId, clipPath, signal) => {
    try {
      return await takeAndKeep(deps, taskId, clipPath, signal);
    } catch (cause) {
      log.warn({ taskId, detail: detailOf(cause) }, 'last frame not kept');
      return undefined;
    }
  };

  async function takeAgain(taskId: TaskId, clip: ClipOnMessage): Promise<KeptMedia | undefined> {
    const bounded = boundedSignal([stopping], { ms: AGAIN_LIMIT_MS, reason: timeoutError });
    const { signal } = bounded;
    try {
      return await folder.with(taskId, async (pathOf) => {
        const path = pathOf('clip.mp4');
        const to = createWriteStream(path, { mode: 0o600 });
        await pipeline(Readable.from(source.read(clip, signal)), to);
        return take(taskId, path, signal);
      });
    } catch (cause) {
      log.warn({ taskId, detail: detailOf(cause) }, 'clip for a last frame not downloaded');
      return undefined;
    } finally {
      bounded.release();
    }
  }

  return {
    get isOn() {
      return store.isOn && ffmpeg.isThere();
    },
    canTake,
    take,
    async find({ id }, clip) {
      const kept = await store.find(id, LAST_CLIP_FRAME);
      if (kept !== undefined || clip === undefined || !(await canTake())) return kept;
      return again.do(id, async () => takeAgain(id, clip));
    },
    settled: async () => again.settled(),
  };
}

async function takeAndKeep(
  { ffmpeg, folder, store, log, exists }: LastFramesDeps,
  taskId: TaskId,
  clipPath: string,
  signal: AbortSignal,
): Promise<KeptMedia | undefined> {
  return folder.with(taskId, async (pathOf) => {
    const toPath = pathOf('frame.png');
    const taken = await takeLastFrame(ffmpeg.run, clipPath, { toPath, signal });
    if (!taken.isTaken) {
      log.warn({ taskId, detail: taken.why }, 'last frame not taken');
      return undefined;
    }
    const about = { taskId, option: LAST_CLIP_FRAME, filename: 'last-frame.png' } as const;
    const size = await pngSize(toPath);
    const said = { ...about, mimeType: 'image/png', ...size };
    const kept = await store.keep(said, createReadStream(toPath));
    if (await exists(taskId)) return kept;
    // Its media were deleted while ffmpeg ran, before this one was there.
    await store.delete([taskId]);
    return undefined;
  });
}

const PNG_SIZE_AT = 16;

/** Width and height are the first two numbers of a PNG's first part. */
async function pngSize(path: string): Promise<{ width: number; height: number }> {
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read({ buffer: Buffer.alloc(8), position: PNG_SIZE_AT });
    return { width: buffer.readUInt32BE(0), height: buffer.readUInt32BE(4) };
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
