import type { IncomingHttpHeaders } from 'node:http';

import type { Dialect } from './dialect.ts';
import type { ProviderKnobs } from './knob.ts';
import type { RecordedRequest } from './recorded-request.ts';
import type { SimulatedTask } from './simulated-task.ts';
import type { TaskDeps } from './run-task.ts';
import type { SimulatedAsset } from './library/simulated-asset.ts';
import type { Upload } from './upload.ts';

/** Everything that is needed to answer a request to one provider. */
export type ProviderState = TaskDeps & {
  readonly dialect: Dialect;
  readonly key: string;
  readonly knobs: ProviderKnobs;
  /** The requests to all providers. */
  readonly requests: RecordedRequest[];
  /** The tasks of all providers. */
  readonly tasks: SimulatedTask[];
  /** The media in the libraries of all providers. */
  readonly assets: SimulatedAsset[];
  /** Uploaded files by name. */
  readonly uploads: Map<string, Upload>;
  /** Runs after the request is recorded and its reply decided, before the reply is sent. */
  readonly beforeAnswer: (request: RecordedRequest) => Promise<void> | void;
  /** Whether the query of a task whose time is over waits for its file. */
  readonly waitForFile: boolean;
  /** The maximum number of requests and tasks to keep. */
  readonly keepNewest: number;
};

/** One request that is not answered yet. */
export interface IncomingRequest {
  readonly recorded: RecordedRequest;
  /** Including the key, which the record does not contain. */
  readonly headers: IncomingHttpHeaders;
  /** The URL by which the client calls this server. */
  readonly baseUrl: string;
}

/** The path of result files. */
export const RESULTS_PATH = '/results/';

/** Finds the provider's task with this id and writes the id into the record. */
export function findTask(
  state: ProviderState,
  recorded: RecordedRequest,
  id: string,
): SimulatedTask | undefined {
  const task = state.tasks.find(
    (one) => one.id === id && one.provider === state.dialect.name && one.isDeleted !== true,
  );
  if (task !== undefined) recorded.taskId = task.id;
  return task;
}
