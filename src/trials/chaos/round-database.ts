import { randomBytes, randomUUID } from 'node:crypto';
import type { PostgresCluster } from '../../sandbox/postgres-cluster.ts';
import { moveStore } from '../../store/moving/move-store.ts';
import { openForMove } from '../../store/moving/open-for-move.ts';

/** The database of a round, where its store is on Postgres. */
export interface RoundDatabase {
  readonly url: string;
  /** What the bot needs to use it. */
  readonly settings: Readonly<Record<string, string>>;
  /** Replaces the store by a copy in a file; the bot is stopped meanwhile. */
  restore(copyPath: string): Promise<void>;
  drop(): Promise<void>;
}

/** Creates a database for one round. */
export async function createRoundDatabase(cluster: PostgresCluster): Promise<RoundDatabase> {
  const url = await cluster.createDatabase();
  const name = new URL(url).pathname.slice(1);
  const drop = async (): Promise<void> => {
    await cluster.ask(`DROP DATABASE ${name} WITH (FORCE)`);
  };
  return {
    url,
    settings: { STORE_URL: url, SECRET_KEY: randomBytes(32).toString('base64') },
    async restore(copyPath) {
      await drop();
      await cluster.ask(`CREATE DATABASE ${name}`);
      const source = await openForMove({ kind: 'sqlite', path: copyPath }, { isNew: false });
      try {
        const target = await openForMove({ kind: 'postgres', url }, { isNew: true });
        try {
          await moveStore({ source, target }, { newId: randomUUID });
        } finally {
          await target.close();
        }
      } finally {
        await source.close();
      }
    },
    drop,
  };
}
