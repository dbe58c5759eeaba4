import type { KeptMedia, KeptName, KeptReference } from '../../domain/routes/kept-media.ts';
import type { TaskId } from '../../domain/tasks/task-id.ts';

/** What is said of a piece of media before it is copied. */
export type MediaToKeep = Omit<KeptMedia, 'sha256' | 'bytes'>;

/**
 * The bot's sealed copies of media: those that members attached, and the last frames of clips. Each
 * is a file of its own, complete or missing; the oldest make room for new ones.
 */
export interface MediaStore {
  /** Whether copies are kept at all: not if `MEDIA_MAX_BYTES` is 0. */
  readonly isOn: boolean;
  /** What is kept of a task under a name; `undefined` if nothing is, or it cannot be opened. */
  find(taskId: TaskId, option: KeptName): Promise<KeptMedia | undefined>;
  /** Everything that is kept of a task. */
  findAll(taskId: TaskId): Promise<KeptMedia[]>;
  /** The content of a copy; `undefined` if it is gone, damaged, or not the one referred to. */
  read(reference: KeptReference): Promise<Buffer | undefined>;
  /**
   * A part of that content, shorter at its end. It does not check the parts that it does not read, so
   * the copy may still be damaged.
   */
  readPart(
    reference: KeptReference,
    part: { readonly offset: number; readonly length: number },
  ): Promise<Buffer | undefined>;
  /**
   * Seals a copy, which replaces an earlier one of the same name. Resolves with `undefined` if it is
   * larger than the whole store; rejects if it cannot be written or its source breaks.
   */
  keep(about: MediaToKeep, content: AsyncIterable<Uint8Array>): Promise<KeptMedia | undefined>;
  /**
   * Deletes everything that is kept of these tasks, also what is being written. Never rejects: what a
   * fault of the disk leaves is removed by the next start, because its task is gone.
   */
  delete(taskIds: readonly string[]): Promise<void>;
  /** The tasks of which something is kept. Rejects if the folder cannot be used. */
  taskIds(): Promise<ReadonlySet<string>>;
}
