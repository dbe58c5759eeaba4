import type { KeptMedia } from '../../domain/routes/kept-media.ts';
import type { Attachment } from '../../domain/routes/request.ts';
import type { Task } from '../../domain/tasks/task.ts';

/** The attachment of a task's message, as Discord describes it now. */
export type ClipOnMessage = Pick<Attachment, 'url' | 'bytes'>;

/** The last frames of delivered clips, for videos that go on from them. */
export interface LastFrames {
  /**
   * Whether they can be taken: not without ffmpeg. It is known a moment after the start, so it is to be
   * read when it matters.
   */
  readonly isOn: boolean;
  /** The same, once a start has found out whether ffmpeg runs. */
  canTake(): Promise<boolean>;
  /**
   * The last frame of a task's clip: the kept one, else taken again from the clip on the task's
   * message, which takes some seconds and goes on where its caller does not wait. Where no media are kept
   * it is held in memory. `undefined` if there is none either way, or too many are being taken. Never
   * rejects.
   */
  find(task: Pick<Task, 'id'>, clip: ClipOnMessage | undefined): Promise<KeptMedia | undefined>;
}

/**
 * Asks Discord for the clip on a task's message; `undefined` if there is none, or Discord does not
 * answer in time. Never rejects.
 */
export type FindClip = (task: Pick<Task, 'address'>) => Promise<ClipOnMessage | undefined>;
