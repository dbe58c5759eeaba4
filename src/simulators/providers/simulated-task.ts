import type { FrameSize } from './render/frame-size.ts';
import type { RequestedClip } from './requested-clip.ts';

export type TaskStage = 'queued' | 'running' | 'finished' | 'failed';

/** One accepted create. */
export interface SimulatedTask {
  readonly id: string;
  readonly provider: string;
  readonly clip: RequestedClip;
  /** Milliseconds since the epoch. */
  readonly createdMs: number;
  /** The same as clients read it; `undefined` if they read no other. */
  readonly reportedCreatedMs?: number;
  /** Resolves when the file is drawn or the task failed; never rejects. */
  drawn: Promise<void>;
  /** The mp4; `undefined` until it is drawn. */
  file?: Uint8Array;
  /** Its last frame, where a create asked for it. */
  lastFrame?: Uint8Array | undefined;
  /** The size of the clip; for a tiny clip, the requested size. */
  size: FrameSize;
  /** Why the task failed, as the provider says it. */
  failure?: string;
  /** How it ended without an error and without a clip. */
  ending?: 'cancelled' | 'expired';
  /** Whether its record was deleted, so that a query finds no task. */
  isDeleted?: true;
}
