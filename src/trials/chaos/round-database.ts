import { randomBytes, randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import type { PostgresCluster } from '../../sandbox/postgres-cluster.ts';
import { moveStore } from '../../store/moving/move-store.ts';
import { openForMove } from '../../store/moving/open-for-move.ts';
import { patiently } from './patiently.ts';
import { startPostgresProxy } from './postgres-proxy.ts';
import type { PostgresProxy } from './postgres-proxy.ts';
import {
  NOTHING_NOTED,
  countUnnotified,
  ownerOf,
  readNoted,
  watchDatabase,
} from './watch-database.ts';
import type { Noted } from './watch-database.ts';
import { connectTool } from '../../store/postgres/tool-connection.ts';
import type { ToolConnection } from '../../store/postgres/tool-connection.ts';

/** The database of a round, where its store is on Postgres. */
export interface RoundDatabase {
  readonly url: string;
  /** What the bot needs to use it. */
  readonly settings: Readonly<Record<string, string>>;
  /** A line to the server for each of several processes; none where there is only one. */
  readonly lines: readonly PostgresProxy[];
  /** Replaces the store by a copy in a file; the bot is stopped meanwhile. */
  restore(copyPath: string): Promise<void>;
  /** The instance that owns a slot. */
  ownerOf(slot: number): Promise<string | undefined>;
  /** How many calls of processes that are gone were not notified yet that nothing began. */
  unnotified(): Promise<number>;
  /** What the server noted since the last restore; nothing where there is only one process. */
  noted(): Promise<Noted>;
  /** Ends the server without any care, and starts it again. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

/** Creates a database for one round. */
export async function createRoundDatabase(
  cluster: PostgresCluster,
  processes: number,
): Promise<RoundDatabase> {
  const url = await cluster.createDatabase();
  const name = new URL(url).pathname.slice(1);
  const isShared = processes > 1;
  const lines = isShared
    ? await Promise.all(Array.from({ length: processes }, async () => startPostgresProxy(url)))
    : [];
  const drop = async (): Promise<void> => {
    await cluster.ask(`DROP DATABASE ${name} WITH (FORCE)`);
  };
  const asking = async <T>(work: (ask: ToolConnection['ask']) => Promise<T>): Promise<T> =>
    patiently(async () => {
      const { ask, close } = await connectTool(url);
      try {
        return await work(ask);
      } finally {
        await close();
      }
    });
  if (isShared) await asking(watchDatabase);
  return {
    url,
    settings: { STORE_URL: url, SECRET_KEY: randomBytes(32).toString('base64') },
    lines,
    async restore(copyPath) {
      await drop();
      await cluster.ask(`CREATE DATABASE ${name}`);
      await moveInto(url, copyPath);
      if (isShared) await asking(watchDatabase);
    },
    ownerOf: async (slot) => asking(async (ask) => ownerOf(ask, slot)),
    unnotified: async () => asking(countUnnotified),
    noted: async () => (isShared ? asking(readNoted) : NOTHING_NOTED),
    crash: async () => cluster.crash(),
    async close() {
      await Promise.all(lines.map(async (line) => line.close()));
      await drop();
    },
  };
}

async function moveInto(url: string, copyPath: string): Promise<void> {
  const dataDir = dirname(copyPath);
  const source = await openForMove({ kind: 'sqlite', path: copyPath }, { isNew: false, dataDir });
  try {
    const target = await openForMove({ kind: 'postgres', url }, { isNew: true, dataDir });
    try {
      await moveStore({ source, target }, { newId: randomUUID });
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}
