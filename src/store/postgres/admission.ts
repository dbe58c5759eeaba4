import { z } from 'zod';
import { StoreInUse } from '../records/process-lock.ts';
import { refusePooler } from './pooler-check.ts';
import { isOtherServer } from '../server-identity.ts';
import type { ServerIdentity } from '../server-identity.ts';
import { readServerIdentity } from './read-server-identity.ts';
import { checkServer } from './server-checks.ts';
import type { Ask } from './schema.ts';
import type { Connections } from './session.ts';
import { lockWholeStore } from './whole-store-lock.ts';
import type { LockWait } from './whole-store-lock.ts';

export interface AdmissionDeps {
  readonly wait: LockWait;
  /** So long a later session waits for what the one before it held, in milliseconds. */
  readonly againMs: number;
  /** Called when this process must not go on with what it knows. */
  readonly onFatal: (reason: string) => void;
  /**
   * Whether a process that was cut off may go on in another session; by default it may. While it starts it
   * may not: others were kept from starting by its session alone.
   */
  readonly mayReturn?: () => boolean;
}

/** Judges each new session of this process on a database. */
export interface Admission {
  readonly admit: (connections: Connections) => Promise<void>;
  /** Who the server was at the first session. */
  readonly server: () => ServerIdentity;
}

interface Backend {
  readonly pid: number;
  readonly since: string;
}

/**
 * Admits the sessions of one process at a time: the first one waits for another process to let go of
 * the database. A later one must find the database as it was left: where another process has taken it
 * meanwhile, or it is another server, this process has to end.
 */
export function createAdmission({
  wait,
  againMs,
  onFatal,
  mayReturn = () => true,
}: AdmissionDeps): Admission {
  let first: ServerIdentity | undefined;
  let before: Backend | undefined;
  return {
    server: () => first ?? {},
    async admit({ commits, reads }) {
      if (first !== undefined && !mayReturn()) {
        onFatal('the database was cut off while this process was starting');
        throw new Error('cut off while starting');
      }
      // First: behind one, a setting may be what another connection has set.
      await refusePooler({ commits, reads });
      await checkServer(commits);
      const server = await readServerIdentity(commits);
      if (first === undefined) {
        await lockWholeStore(commits, wait);
      } else {
        if (isOtherServer(first, server)) {
          onFatal('the database is on another server now, which may lack what was written last');
          throw new Error('the database is on another server now');
        }
        // A stop needs its sessions to the end: what it still writes and hands over.
        const stopping = new AbortController().signal;
        await lockAgain(commits, before, { ...wait, stopping, waitMs: againMs }, onFatal);
      }
      first ??= server;
      before = await backendOf(commits);
    },
  };
}

async function lockAgain(
  ask: Ask,
  before: Backend | undefined,
  wait: LockWait,
  onFatal: AdmissionDeps['onFatal'],
): Promise<void> {
  // A line that went silent leaves its lock with a process of the server that has no client any more.
  if (before !== undefined) {
    await ask(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND backend_start::text = $2',
      [before.pid, before.since],
    );
  }
  try {
    await lockWholeStore(ask, wait);
  } catch (cause) {
    if (cause instanceof StoreInUse) onFatal('another process uses the database now');
    throw cause;
  }
}

const backendRows = z.tuple([z.object({ pid: z.number(), since: z.string() })]);

async function backendOf(ask: Ask): Promise<Backend> {
  const [backend] = backendRows.parse(
    await ask(
      'SELECT pid, backend_start::text AS since FROM pg_stat_activity WHERE pid = pg_backend_pid()',
    ),
  );
  return backend;
}
