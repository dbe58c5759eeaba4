import type { KeptConfirmation } from './confirmation-port.ts';
import type { JournalLine } from '../../domain/ledger/journal-line.ts';
import type { Asset } from '../../domain/library/asset.ts';
import type { Preferences } from '../../domain/preferences/preferences.ts';
import type { OwnNamed } from './named-assets-port.ts';
import type { Task } from '../../domain/tasks/task.ts';

/** Everything stored about one person, in pages. Secrets that cannot be decrypted are left out. */
export interface PersonalData {
  readonly tasks: AsyncIterable<readonly Task[]>;
  readonly lines: AsyncIterable<readonly JournalLine[]>;
  /** Requests whose price was not confirmed; they are kept for about an hour. */
  readonly pending: readonly KeptConfirmation[];
  readonly preferences: Preferences;
  /** What lies in providers' libraries of what the person attached; absent where none is known. */
  readonly assets?: readonly Asset[];
  /** The names that the person gave to files; absent where none is known. */
  readonly named?: readonly OwnNamed[];
}

export interface DeletedData {
  /** Without those whose message and request were deleted before. */
  readonly tasks: number;
  /** Unfinished or held tasks, deleted once they are neither. */
  readonly later: number;
  /** Journal lines that no longer name the person. */
  readonly lines: number;
  /** Requests whose price was not confirmed. */
  readonly pending: number;
  /** Whether there were preferences. */
  readonly preferences: boolean;
  /** Names that the person gave to files; absent where none is known. */
  readonly named?: number;
}

/** The data of a person in all servers: to be viewed, exported or deleted. */
export interface PersonalDataStore {
  read(memberId: string): Promise<PersonalData>;
  /**
   * Deletes the data but keeps sums, blocks and holds: deleting must not be a way around a quota.
   */
  delete(memberId: string): Promise<DeletedData>;
}
