import type { KeptConfirmation } from './confirmation-port.ts';
import type { JournalLine } from '../../domain/ledger/journal-line.ts';
import type { Task } from '../../domain/tasks/task.ts';

/** What is kept of one person, in pages. Secrets that no longer open are simply not there. */
export interface PersonalData {
  readonly tasks: AsyncIterable<readonly Task[]>;
  readonly lines: AsyncIterable<readonly JournalLine[]>;
  /** Requests whose price was not confirmed, for the hour or so that they are kept. */
  readonly pending: readonly KeptConfirmation[];
}

export interface DeletedData {
  readonly tasks: number;
  /** Unfinished or held: deleted when they are neither any more. */
  readonly later: number;
  /** Journal lines that no longer name the person. */
  readonly lines: number;
  /** Requests whose price was not confirmed. */
  readonly pending: number;
}

/** A person's own data, over all servers: to be looked at, carried off, or deleted. */
export interface PersonalDataStore {
  read(memberId: string): Promise<PersonalData>;
  /** Sums, blocks and holds stay: deleting must not be a way around a quota. */
  delete(memberId: string): Promise<DeletedData>;
}
