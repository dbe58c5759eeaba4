import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { SLOTS } from '../../../domain/slots.ts';
import type { PostgresCluster } from '../../../sandbox/postgres-cluster.ts';
import { connectTool } from '../../../store/postgres/tool-connection.ts';

/** What a database has done so far. */
export interface DatabaseCounts {
  /**
   * Transactions that were committed. Those that only read are among them, and one of each connection
   * that listens for each notice.
   */
  readonly commits: number;
  /** Transactions that wrote something, in whichever database of the server. */
  readonly writes: number;
  /** How often the server had its log on disk flushed, by whichever database. */
  readonly flushes: number;
  /** The processor time of the server's processes behind its connections, in milliseconds. */
  readonly cpuMs: number;
}

const countRows = z.tuple([
  z.object({
    commits: z.coerce.number(),
    writes: z.coerce.number(),
    flushes: z.coerce.number(),
  }),
]);
const pidRows = z.array(z.object({ pid: z.number() }));
const shareRows = z.array(z.object({ slots: z.number() }));

const COUNTS = `
  SELECT xact_commit AS commits, pg_snapshot_xmax(pg_current_snapshot())::text AS writes, (SELECT wal_sync FROM pg_stat_wal) AS flushes
  FROM pg_stat_database WHERE datname = $1`;

const SHARES = `
  SELECT count(*)::int AS slots FROM slot JOIN member ON member.id = slot.owner
  WHERE NOT leaving GROUP BY owner`;

/** A meter of one database. */
export interface DatabaseMeter {
  /** Waits until everything is counted, then reads. */
  readonly settled: () => Promise<DatabaseCounts>;
  readonly cpuMs: () => Promise<number>;
  /** Resolves when so many members have equal shares of the slots. */
  readonly untilShared: (members: number) => Promise<void>;
}

/**
 * Creates the meter of the database of a company on this server. The server counts a transaction up to
 * a second later, and of the last one on a connection that is then idle with the next one, which is the
 * probe of a renewal; so it waits before it reads.
 */
export function createDatabaseMeter(
  { ask }: Pick<PostgresCluster, 'ask'>,
  url: string,
  settleMs: number,
): DatabaseMeter {
  const name = new URL(url).pathname.slice(1);
  const cpuMs = async (): Promise<number> => {
    const rows = await ask(
      "SELECT pid FROM pg_stat_activity WHERE datname = $1 AND application_name LIKE 'clapper bot%'",
      [name],
    );
    return pidRows.parse(rows).reduce((sum, { pid }) => sum + runMs(pid), 0);
  };
  return {
    cpuMs,
    async settled() {
      await wait(settleMs);
      const [counted] = countRows.parse(await ask(COUNTS, [name]));
      return { ...counted, cpuMs: await cpuMs() };
    },
    async untilShared(members) {
      const most = Math.ceil(SLOTS / members);
      const { ask: askThere, close } = await connectTool(url);
      for (;;) {
        const shares = shareRows.parse(await askThere(SHARES)).map(({ slots }) => slots);
        if (shares.length === members && shares.every((slots) => slots <= most)) return close();
        await wait(100);
      }
    },
  };
}

function runMs(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
}
