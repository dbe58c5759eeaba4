import { openAsBlob } from 'node:fs';
import type { Log } from '../../app/ports/core.ts';
import type { SmallerCopy } from '../../app/ports/delivered-clips-port.ts';
import { providerOf } from '../../domain/tasks/plan.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { FetchVideo } from '../fetch-video.ts';
import { shrinkClip } from '../ffmpeg/shrink-clip.ts';
import type { Ffmpeg } from '../ffmpeg/take-last-frame.ts';
import { createJobQueue } from './job-queue.ts';
import type { LastFrameTaker } from './last-frames.ts';
import type { WorkFolder } from './work-folder.ts';

export interface SmallerClipsDeps {
  readonly ffmpeg: { readonly run: Ffmpeg; isThere(): boolean };
  readonly frames: Pick<LastFrameTaker, 'isKeeping' | 'take'>;
  readonly fetchVideo: FetchVideo;
  readonly folder: WorkFolder;
  readonly log: Log;
  /** Kills what a stop finds. */
  readonly signal: AbortSignal;
}

/** Clips that wait; each costs minutes of a processor. Beyond them the address is what stays. */
const MAX_WAITING = 10;

/** Makes clips smaller, one at a time. */
export interface SmallerClips {
  add(task: Task, smaller: SmallerCopy): void;
  isMaking(taskId: string): boolean;
  settled(): Promise<void>;
}

export function createSmallerClips(deps: SmallerClipsDeps): SmallerClips {
  const { ffmpeg, log, signal } = deps;
  const queue = createJobQueue(MAX_WAITING);
  const making = new Set<string>();

  async function makeOrLog(task: Task, smaller: SmallerCopy): Promise<void> {
    try {
      if (!signal.aborted) await make(deps, task, smaller);
    } catch (cause) {
      log.warn({ err: cause, taskId: task.id }, 'clip not made smaller');
    }
    making.delete(task.id);
    if (!signal.aborted) smaller.ended();
  }

  return {
    add(task, smaller) {
      if (signal.aborted) return;
      if (!ffmpeg.isThere()) return smaller.ended();
      making.add(task.id);
      if (queue.add(async () => makeOrLog(task, smaller))) return;
      log.warn({ taskId: task.id }, 'clip not made smaller: too many wait for it');
      making.delete(task.id);
      smaller.ended();
    },
    isMaking: (taskId) => making.has(taskId),
    settled: async () => queue.settled(),
  };
}

async function make(
  { ffmpeg, frames, fetchVideo, folder, log, signal }: SmallerClipsDeps,
  task: Task,
  { maxBytes, attach }: SmallerCopy,
): Promise<void> {
  const { id: taskId, secrets } = task;
  const { resultUrl: url, resultNeedsKey } = secrets;
  if (url === undefined) return;
  await folder.with(taskId, async (pathOf) => {
    const clipPath = pathOf('clip.mp4');
    const fetched = await fetchVideo({
      url,
      ...(resultNeedsKey === true ? { withKeyOf: providerOf(task) } : {}),
      toPath: clipPath,
      maxBytes: Infinity,
      signal,
    });
    if (fetched.kind !== 'saved') {
      log.warn({ taskId, fetched: fetched.kind }, 'clip to be made smaller not fetched');
      return;
    }
    // While the clip is here.
    if (frames.isKeeping) await frames.take(taskId, clipPath, signal);
    const toPath = pathOf('small.mp4');
    const shrunk = await shrinkClip(ffmpeg.run, clipPath, { toPath, maxBytes, signal });
    if (shrunk.isShrunk) await attach(await openAsBlob(toPath, { type: 'video/mp4' }));
    else log.warn({ taskId, why: shrunk.why }, 'clip not made smaller');
  });
}
