import { env } from 'node:process';
import type { TestProject } from 'vitest/node';
import { postgresPrograms, startCluster } from '../src/sandbox/postgres-cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of a server of Postgres for testbeds; `undefined` where they have SQLite. */
    readonly postgres: string | undefined;
  }
}

/** The project whose testbeds have their store on Postgres; with TEST_STORE=postgres all have. */
export const ON_POSTGRES = 'postgres';

/** Starts one server for all tests of a project that has its stores on Postgres, and ends it. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (project.name !== ON_POSTGRES && env['TEST_STORE'] !== 'postgres') {
    project.provide('postgres', undefined);
    return undefined;
  }
  const cluster = await startCluster(postgresPrograms() ?? '');
  project.provide('postgres', cluster.url);
  return async () => cluster.stop();
}
