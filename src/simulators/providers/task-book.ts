import type { ClipRequest } from './render/clip-request.ts';
import type { FrameSize } from './render/frame-size.ts';
import { frameSize } from './render/frame-size.ts';
import type { Dialect } from './dialect.ts';
import type { FetchMedia } from './fetch-media.ts';
import type { SimulatedTask, TaskStage } from './simulated-task.ts';
import type { WantedClip, WantedMedia } from './wanted-clip.ts';

export interface TaskBookDeps {
  readonly draw: (request: ClipRequest) => Promise<Uint8Array>;
  readonly fetchMedia: FetchMedia;
  readonly now: () => number;
  readonly mediaTimeoutMs: number;
  /** Reads the size out of a drawn file. */
  readonly sizeOf: (file: Uint8Array) => FrameSize | undefined;
}

/** Makes a task and starts to work on it at once, beside the clock that its stages follow. */
export function startTask(
  deps: TaskBookDeps,
  dialect: Dialect,
  clip: WantedClip,
  id: string = dialect.newTaskId(),
): SimulatedTask {
  const task: SimulatedTask = {
    id,
    provider: dialect.name,
    clip,
    createdMs: deps.now(),
    drawn: Promise.resolve(),
    size: frameSize(clip.ratio, clip.resolution),
  };
  task.drawn = work(deps, dialect, task);
  return task;
}

async function work(deps: TaskBookDeps, dialect: Dialect, task: SimulatedTask): Promise<void> {
  const { clip } = task;
  try {
    const pictures = await gather(deps, dialect, clip.media);
    const file = await deps.draw({
      prompt: clip.prompt,
      ratio: clip.ratio,
      resolution: clip.resolution,
      durationSeconds: clip.durationSeconds,
      firstFrame: pictures.get('first-frame')?.[0],
      lastFrame: pictures.get('last-frame')?.[0],
      references: pictures.get('reference-image'),
    });
    task.size = deps.sizeOf(file) ?? task.size;
    task.file = file;
  } catch (error) {
    task.failure ??= error instanceof Error ? error.message : String(error);
  }
}

/** Fetches every input and keeps it by its use; the first one that cannot be had fails the task. */
async function gather(
  deps: TaskBookDeps,
  dialect: Dialect,
  media: readonly WantedMedia[],
): Promise<Map<WantedMedia['use'], Uint8Array[]>> {
  const byUse = new Map<WantedMedia['use'], Uint8Array[]>();
  for (const one of media) {
    const signal = AbortSignal.timeout(deps.mediaTimeoutMs);
    try {
      const bytes = await deps.fetchMedia(one, signal);
      if (bytes !== undefined) byUse.set(one.use, [...(byUse.get(one.use) ?? []), bytes]);
    } catch (error) {
      throw new Error(dialect.unreachable(one, signal.aborted), { cause: error });
    }
  }
  return byUse;
}

// The first part of a task's time is spent in the queue.
const QUEUE_PART = 0.15;

/** Where a task stands after `elapsedMs` of `taskMs`; it ends when its time is over and its file is drawn. */
export function stageOf(
  task: Pick<SimulatedTask, 'file' | 'failure'>,
  elapsedMs: number,
  taskMs: number,
): { stage: TaskStage; percent: number } {
  if (task.failure !== undefined) return { stage: 'failed', percent: 100 };
  const part = elapsedMs >= taskMs ? 1 : elapsedMs / taskMs;
  if (part >= 1 && task.file !== undefined) return { stage: 'finished', percent: 100 };
  if (part < QUEUE_PART) return { stage: 'queued', percent: 0 };
  const worked = Math.round((100 * (part - QUEUE_PART)) / (1 - QUEUE_PART));
  return { stage: 'running', percent: Math.min(99, Math.max(1, worked)) };
}
