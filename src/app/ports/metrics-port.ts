import type { Acceptance } from '../accept/video-call.ts';
import type { MessageResult } from './message-port.ts';
import type { CreateOutcome, QueryOutcome } from './provider-port.ts';
import type { Task } from '../../domain/tasks/task.ts';

/** The way by which an edit went to a message. */
export type EditWay = 'webhook' | 'channel' | 'repost';

/**
 * What is counted for the operator. Counting never fails and never waits; nothing that is told here
 * may decide anything. Times are in milliseconds.
 */
export interface MetricsPort {
  /** A `/video` was decided. */
  requested(route: string, answer: Acceptance['kind']): void;
  /** Discord took the public reply, so long after the interaction arrived. */
  acknowledged(tookMs: number): void;
  createAnswered(provider: string, answer: CreateOutcome['kind']): void;
  polled(provider: string, answer: QueryOutcome['kind']): void;
  edited(way: EditWay, result: MessageResult['kind']): void;
  /** The last record of a task is written; of a task asked for again, each time. */
  ended(task: Task): void;
  /** A commit of the store, with or without success. */
  wrote(tookMs: number, isDone: boolean): void;
}

/** Where nobody asks: no health server, or a test of something else. */
export const NO_METRICS: MetricsPort = {
  requested: () => undefined,
  acknowledged: () => undefined,
  createAnswered: () => undefined,
  polled: () => undefined,
  edited: () => undefined,
  ended: () => undefined,
  wrote: () => undefined,
};
