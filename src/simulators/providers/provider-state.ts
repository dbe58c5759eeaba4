import type { IncomingHttpHeaders } from 'node:http';

import type { Dialect } from './dialect.ts';
import type { ProviderKnobs } from './knob.ts';
import type { RecordedRequest } from './recorded-request.ts';
import type { SimulatedTask } from './simulated-task.ts';
import type { TaskBookDeps } from './task-book.ts';

/** All that answering a request of one provider needs. */
export type ProviderState = TaskBookDeps & {
  readonly dialect: Dialect;
  readonly key: string;
  readonly knobs: ProviderKnobs;
  /** Of both providers. */
  readonly requests: RecordedRequest[];
  /** Of both providers. */
  readonly tasks: SimulatedTask[];
  /** Runs after the request is recorded and decided, before anything is answered. */
  readonly beforeAnswer: (request: RecordedRequest) => Promise<void> | void;
  /** Lets the query of a task whose time is over wait for its file. */
  readonly waitForFile: boolean;
  /** How many requests and tasks are remembered. */
  readonly keepNewest: number;
};

/** One request on its way to an answer. */
export interface Incoming {
  readonly recorded: RecordedRequest;
  /** With the key, which the record lacks. */
  readonly headers: IncomingHttpHeaders;
  /** What the client calls this server. */
  readonly baseUrl: string;
}

/** Result files live here. */
export const RESULTS_PATH = '/results/';

/** The provider's task of that id; noted in the record. */
export function findTask(
  state: ProviderState,
  recorded: RecordedRequest,
  id: string,
): SimulatedTask | undefined {
  const task = state.tasks.find((one) => one.id === id && one.provider === state.dialect.name);
  if (task !== undefined) recorded.taskId = task.id;
  return task;
}
