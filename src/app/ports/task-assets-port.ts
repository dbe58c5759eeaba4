import type { Asset, AssetFault } from '../../domain/library/asset.ts';
import type { SubmittedMedia } from '../../domain/routes/submission.ts';
import type { VideoOption } from '../../domain/routes/options.ts';
import type { Task } from '../../domain/tasks/task.ts';

/** One medium of a task: where it was attached, and what is sent of it. */
export interface TaskMedium {
  readonly option: VideoOption;
  readonly kind: Asset['kind'];
  readonly medium: SubmittedMedia;
}

/** How far an asset is that is needed. */
export type AssetProgress =
  | { readonly kind: 'ready'; readonly id: string }
  /** `isAsking`: a call is in flight. */
  | { readonly kind: 'waits'; readonly untilMs: number; readonly isAsking: boolean }
  | { readonly kind: 'unusable'; readonly fault: AssetFault }
  /** Two uploads in a row were not answered. */
  | { readonly kind: 'unanswered' }
  /** The medium itself is not there any more. */
  | { readonly kind: 'gone' }
  /** The bot has no record of it any more: the medium has to be identified anew. */
  | { readonly kind: 'unknown' };

/** What is known of a medium's content. */
export type ContentHash =
  | { readonly kind: 'known'; readonly sha256: string }
  | { readonly kind: 'waits'; readonly untilMs: number }
  | { readonly kind: 'gone' };

/** Whether the content of a medium is known, by which it differs from others. */
export type Identified =
  | { readonly kind: 'known'; readonly key: string }
  | { readonly kind: 'waits'; readonly untilMs: number }
  | { readonly kind: 'gone' };

/** The media of tasks in the libraries of their providers. */
export interface TaskAssets {
  /** Whether a library is on. */
  isOn(library: string): boolean;
  /**
   * Identifies a medium by its content, and records that the task uses it. What has to be read for
   * that is read in the background.
   */
  identify(task: Task, library: string, medium: TaskMedium): Promise<Identified>;
  /** How far it is; begins its next call if one is due, and the task has not waited for too long. */
  progress(
    task: Task,
    library: string,
    key: string,
    needed: { readonly medium: TaskMedium; readonly isLate: boolean },
  ): Promise<AssetProgress>;
  /** The ids of assets that are usable now; `undefined` if one is not. */
  ids(library: string, keys: readonly string[]): Promise<readonly string[] | undefined>;
  /** The provider did not take the task: its assets are checked before they are used again. */
  doubt(keys: readonly string[]): Promise<void>;
  /** Ends the uses of a task that is not unfinished any more. Does not wait and never throws. */
  release(task: Task): void;
}
