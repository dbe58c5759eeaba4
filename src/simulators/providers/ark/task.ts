import type { TaskView } from '../dialect.ts';
import { tokensOf } from '../tokens.ts';
import { modelBehind } from './models.ts';

const STATUS = {
  queued: 'queued',
  running: 'running',
  finished: 'succeeded',
  failed: 'failed',
} as const;

/** The status of a task in its words. */
export function arkStatus({ task, stage }: TaskView): string {
  return task.ending ?? STATUS[stage];
}

/** A task, as a query and the list show it. */
export function arkTask(view: TaskView): object {
  const { task, stage, resultUrl, lastFrameUrl, nowMs } = view;
  const { clip } = task;
  const tokens = tokensOf(task.size, clip.durationSeconds);
  const isFailed = stage === 'failed' && task.ending === undefined;
  return {
    id: task.id,
    // Of an endpoint, the model behind it.
    model: modelBehind(clip.model),
    status: arkStatus(view),
    error: isFailed ? { code: 'InvalidParameter', message: task.failure } : null,
    created_at: seconds(task.reportedCreatedMs ?? task.createdMs),
    updated_at: seconds(nowMs),
    service_tier: 'default',
    execution_expires_after: seconds(clip.expiresAfterMs ?? 0),
    ...(clip.tag !== undefined && { safety_identifier: clip.tag }),
    ...(stage === 'finished' && {
      content: {
        ...(resultUrl !== undefined && { video_url: resultUrl }),
        ...(lastFrameUrl !== undefined && { last_frame_url: lastFrameUrl }),
      },
      seed: 11,
      resolution: clip.resolution,
      ratio: clip.ratio,
      duration: clip.durationSeconds,
      framespersecond: 24,
      ...(clip.sound !== undefined && { generate_audio: clip.sound }),
      usage: {
        completion_tokens: tokens,
        total_tokens: tokens,
        ...(clip.webSearch === true && { tool_usage: { web_search: 1 } }),
      },
    }),
  };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
