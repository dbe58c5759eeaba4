import type { Task } from '../../domain/tasks/task.ts';

/** A smaller copy of a clip, and where it goes. */
export interface SmallerCopy {
  readonly maxBytes: number;
  readonly attach: (clip: Blob) => Promise<void>;
  /**
   * Called once when the message stays as it is then, whether a copy was attached or none could be
   * made; not after a stop.
   */
  readonly ended: () => void;
}

/**
 * What is made of clips once their tasks have ended: last frames, and smaller copies of clips that
 * are too large for Discord. It happens behind the tasks; a fault or a crash costs nothing but that.
 */
export interface DeliveredClips {
  /**
   * A clip is on its message. Takes its file over from the downloads where it is of use; the caller
   * then discards what is left. Does not wait for what is made of it. Never rejects.
   */
  delivered(task: Task): Promise<void>;
  /**
   * The message of an ended task has the address of its clip, which is too large for Discord. Where
   * that can be done, makes a copy of at most `maxBytes` and hands it to `attach`, once.
   */
  linked(task: Task, smaller: SmallerCopy): void;
  /** Whether a smaller copy of a task's clip is on its way to its message. */
  isMaking(taskId: string): boolean;
  /** Resolves when nothing is being made. */
  settled(): Promise<void>;
}
