import { randomBytes } from 'node:crypto';

import type { CreateDialect } from './dialects.ts';
import type { SimulatedAsset } from './library/simulated-asset.ts';
import type { ProviderKnobs } from './knob.ts';
import type { ProviderServer } from './provider-server.ts';
import { startProviderServer } from './provider-server.ts';
import type { RecordedRequest } from './recorded-request.ts';
import type { SimulatedTask } from './simulated-task.ts';
import type { TaskDeps } from './run-task.ts';
import type { Upload } from './upload.ts';

/** Hooks that a test may set and remove at any time. */
export interface ProviderHooks {
  /**
   * Runs for every request after it is recorded and has taken effect (a create's task exists), but
   * before any byte of the answer: the moment to kill the client. The answer waits for it.
   */
  beforeAnswer?: ((request: RecordedRequest) => Promise<void> | void) | undefined;
}

/** What was sent to simulated providers and what became of it, oldest first. */
export interface ProviderRecords {
  readonly requests: RecordedRequest[];
  /** The accepted creates, whatever was answered. */
  readonly tasks: SimulatedTask[];
  /** What was put into libraries. */
  readonly assets: SimulatedAsset[];
}

export interface SimulationDeps extends TaskDeps {
  readonly key: string;
  readonly knobs: ProviderKnobs;
  readonly records: ProviderRecords;
  readonly hooks: ProviderHooks;
  /** The files that clients upload, by the last part of their address. */
  readonly uploads?: Map<string, Upload>;
  readonly waitForFile: boolean;
  readonly keepNewest: number;
}

/** One provider: its URL and key for the client, and a switch for its network. */
export type SimulatedProvider = ProviderServer & { readonly key: string };

/** Starts one provider as its dialect describes it, on a port of its own of 127.0.0.1. */
export async function simulateProvider(
  createDialect: CreateDialect,
  { records, hooks, uploads = new Map<string, Upload>(), ...deps }: SimulationDeps,
): Promise<SimulatedProvider> {
  const dialect = createDialect(newId);
  const server = await startProviderServer({
    ...deps,
    ...records,
    dialect,
    uploads,
    beforeAnswer: (request) => hooks.beforeAnswer?.(request),
  });
  return { ...server, url: `${server.url}${dialect.basePath ?? ''}`, key: deps.key };
}

function newId(): string {
  return randomBytes(8).toString('hex');
}
