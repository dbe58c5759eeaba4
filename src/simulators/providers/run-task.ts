import type { ClipRequest } from './render/clip-request.ts';
import type { FrameSize } from './render/frame-size.ts';
import { frameSize } from './render/frame-size.ts';
import type { Dialect } from './dialect.ts';
import type { FetchMedia } from './fetch-media.ts';
import type { SimulatedTask, TaskStage } from './simulated-task.ts';
import type { RequestedClip, RequestedMedia } from './requested-clip.ts';

/** What tasks need to run. */
export interface TaskDeps {
  /** A tiny clip differs from that of every other task, also one of the same prompt. */
  readonly draw: (request: ClipRequest, taskId: string) => Promise<Uint8Array>;
  readonly fetchMedia: FetchMedia;
  readonly now: () => number;
  /** What clients read that it is; by default `now`. */
  readonly reportedNow?: (() => number) | undefined;
  readonly mediaTimeoutMs: number;
  /** Draws the last frame of a clip, as a PNG; where it is left out, none is handed over. */
  readonly drawFrame?: ((request: ClipRequest) => Promise<Uint8Array>) | undefined;
  /** Reads the size from a drawn file. */
  readonly sizeOf: (file: Uint8Array) => FrameSize | undefined;
}

/** Creates a task and starts drawing immediately. Its stages follow the clock, not the drawing. */
export function startTask(
  deps: TaskDeps,
  dialect: Dialect,
  clip: RequestedClip,
  id: string = dialect.newTaskId(),
): SimulatedTask {
  const task: SimulatedTask = {
    id,
    provider: dialect.name,
    clip,
    createdMs: deps.now(),
    reportedCreatedMs: (deps.reportedNow ?? deps.now)(),
    drawn: Promise.resolve(),
    size: frameSize(clip.ratio, clip.resolution),
  };
  task.drawn = run(deps, dialect, task);
  return task;
}

async function run(deps: TaskDeps, dialect: Dialect, task: SimulatedTask): Promise<void> {
  const { clip } = task;
  try {
    const pictures = await fetchInputs(deps, dialect, clip.media);
    const request = {
      prompt: clip.prompt,
      ratio: clip.ratio,
      resolution: clip.resolution,
      durationSeconds: clip.durationSeconds,
      firstFrame: pictures.get('first-frame')?.[0],
      lastFrame: pictures.get('last-frame')?.[0],
      references: pictures.get('reference-image'),
    };
    const file = await deps.draw(request, task.id);
    if (clip.lastFrame === true) task.lastFrame = await deps.drawFrame?.(request);
    task.size = deps.sizeOf(file) ?? task.size;
    task.file = file;
  } catch (error) {
    task.failure ??= error instanceof Error ? error.message : String(error);
  }
}

/** Fetches all inputs and groups them by use. The first one that cannot be fetched fails the task. */
async function fetchInputs(
  deps: TaskDeps,
  dialect: Dialect,
  media: readonly RequestedMedia[],
): Promise<Map<RequestedMedia['use'], Uint8Array[]>> {
  const byUse = new Map<RequestedMedia['use'], Uint8Array[]>();
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

// The fraction of a task's time in the queue.
const QUEUE_PART = 0.15;

/** Returns a task's stage and progress after `elapsedMs` of `taskMs`. It ends when its time is over and its file is drawn. */
export function stageOf(
  task: Pick<SimulatedTask, 'file' | 'failure' | 'ending'>,
  elapsedMs: number,
  taskMs: number,
): { stage: TaskStage; percent: number } {
  if (task.failure !== undefined || task.ending !== undefined) {
    return { stage: 'failed', percent: 100 };
  }
  const part = elapsedMs >= taskMs ? 1 : elapsedMs / taskMs;
  if (part >= 1 && task.file !== undefined) return { stage: 'finished', percent: 100 };
  if (part < QUEUE_PART) return { stage: 'queued', percent: 0 };
  const progress = Math.round((100 * (part - QUEUE_PART)) / (1 - QUEUE_PART));
  return { stage: 'running', percent: Math.min(99, Math.max(1, progress)) };
}
