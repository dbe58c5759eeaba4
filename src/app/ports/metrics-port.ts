import type { Acceptance } from '../accept/video-call.ts';
import type { MessageResult } from './message-port.ts';
import type { CreateOutcome, QueryOutcome } from './provider-port.ts';
import type { Task } from '../../domain/tasks/task.ts';

/** The delivery path of an edit. */
export type EditPath = 'webhook' | 'channel' | 'repost';

/**
 * Counts events for the operator. Counting never fails and never waits, and no decision may depend
 * on it. Times are in milliseconds.
 */
export interface MetricsPort {
  /** A `/video` was decided. */
  requested(route: string, answer: Acceptance['kind']): void;
  /** Discord accepted the public reply, this long after the interaction arrived. */
  acknowledged(tookMs: number): void;
  createAnswered(provider: string, answer: CreateOutcome['kind']): void;
  polled(provider: string, answer: QueryOutcome['kind']): void;
  edited(path: EditPath, result: MessageResult['kind']): void;
  /** The last record of a task was written; counted again for a task that was reopened. */
  ended(task: Task): void;
  /** A commit of the store, successful or not. */
  wrote(tookMs: number, isDone: boolean): void;
}

/** Counts nothing: used when there is no health server, and in tests. */
export const NO_METRICS: MetricsPort = {
  requested: () => undefined,
  acknowledged: () => undefined,
  createAnswered: () => undefined,
  polled: () => undefined,
  edited: () => undefined,
  ended: () => undefined,
  wrote: () => undefined,
};

/** How a process stands among those of its database. */
export interface MembershipStanding {
  /** At its last renewal, itself included. */
  readonly processes: number;
  /** How long it is still a member if it cannot renew that, in milliseconds. */
  readonly leaseLeftMs: number;
  /** Times that it became a member: at its start, and after a lost connection or lease. */
  readonly entries: number;
  /** Dead processes that it has removed. */
  readonly removals: number;
}
