import { z } from 'zod';
import { OwnFault } from './own-fault.ts';
import type { Ask } from './schema.ts';
import type { Connections } from './session.ts';

const POOLED =
  'a pooler in between gives a connection away after each transaction, and Clapper holds locks as long as a connection lasts. Let STORE_URL lead to the server itself, or set the pooler to session pooling';

const pidRows = z.tuple([z.object({ pid: z.number() })]);
const markRows = z.tuple([z.object({ mark: z.string().nullable() })]);

/** Rejects, with advice, if a connection does not keep its own process of the server. */
export async function refusePooler({ commits, reads }: Connections): Promise<void> {
  const first = await pidOf(commits);
  await commits("SELECT set_config('clapper.session', 'own', false)");
  await reads('BEGIN');
  try {
    const held = await pidOf(reads);
    // In this order: with one connection in the pool the next question would never be answered.
    if (held === first || (await pidOf(commits)) !== first) throw new OwnFault(POOLED);
  } finally {
    await reads('ROLLBACK');
  }
  const [{ mark }] = markRows.parse(
    await commits("SELECT current_setting('clapper.session', true) AS mark"),
  );
  if (mark !== 'own' || (await pidOf(commits)) !== first) throw new OwnFault(POOLED);
}

async function pidOf(ask: Ask): Promise<number> {
  const [{ pid }] = pidRows.parse(await ask('SELECT pg_backend_pid() AS pid'));
  return pid;
}
