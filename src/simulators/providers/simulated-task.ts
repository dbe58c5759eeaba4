import type { FrameSize } from './render/frame-size.ts';
import type { ProviderName } from './recorded-request.ts';
import type { WantedClip } from './wanted-clip.ts';

export type TaskStage = 'queued' | 'running' | 'finished' | 'failed';

/** One accepted create. */
export interface SimulatedTask {
  readonly id: string;
  readonly provider: ProviderName;
  readonly clip: WantedClip;
  /** Milliseconds since the epoch. */
  readonly createdMs: number;
  /** Settles when the file is there or the task failed; never rejects. */
  drawn: Promise<void>;
  /** The mp4, once it is drawn. */
  file?: Uint8Array;
  /** What was drawn; for a tiny clip what would have been. */
  size: FrameSize;
  /** Why the task failed, in the provider's words. */
  failure?: string;
}
