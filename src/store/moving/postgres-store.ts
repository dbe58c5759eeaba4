import { z } from 'zod';
import type { StoredRecord } from '../../app/ports/record-store-port.ts';
import { postgresRows } from '../copy/postgres-rows.ts';
import { hasRecords } from '../postgres/has-records.ts';
import { keyText } from '../postgres/key-text.ts';
import { addIntentRows, readIntentRows } from '../copy/intent-rows.ts';
import { placeOf } from '../postgres/place-of.ts';
import { refusePooler } from '../postgres/pooler-check.ts';
import { createRecordReader } from '../postgres/read-records.ts';
import { lookAtMembers } from '../postgres/member-rows.ts';
import { ensureSchema } from '../postgres/schema.ts';
import type { Ask } from '../postgres/schema.ts';
import { checkServer } from '../postgres/server-checks.ts';
import { connectTool } from '../postgres/tool-connection.ts';
import type { ToolConnection } from '../postgres/tool-connection.ts';
import { WHOLE_STORE_LOCK } from '../postgres/whole-store-lock.ts';
import { rowsOf } from '../records/record-rows.ts';
import { MoveRefused } from './movable-store.ts';
import type { MovableStore } from './movable-store.ts';
import { moveFaults } from './texts.ts';

/** `isNew`: the tables are made where they are missing. Rejects with `MoveRefused` if a process uses the store. */
export async function openPostgresForMove(
  url: string,
  { isNew }: { readonly isNew: boolean },
): Promise<MovableStore> {
  const connection = await connectTool(url);
  try {
    await refusePooled(connection, url);
    return await lockedStore(connection, placeOf(url), isNew);
  } catch (cause) {
    await connection.close();
    throw cause;
  }
}

/** Behind a pooler the lock would be another connection's after the next statement. */
async function refusePooled({ ask: commits }: ToolConnection, url: string): Promise<void> {
  const other = await connectTool(url);
  try {
    await refusePooler({ commits, reads: other.ask });
  } finally {
    await other.close();
  }
}

async function lockedStore(
  { ask, close }: ToolConnection,
  place: string,
  isNew: boolean,
): Promise<MovableStore> {
  // Whatever the database's own setting is: what is marked must stay marked after a crash.
  await ask('SET synchronous_commit = on');
  // What a start would refuse is not filled; what was filled before can be left from anywhere.
  if (isNew) await checkServer(ask);
  await lock(ask, place);
  if (!isNew && !(await hasRecords(ask))) throw new MoveRefused(moveFaults.none(place));
  await ensureSchema(ask);
  await refuseMembers(ask, place);
  return {
    kind: 'postgres',
    place,
    rows: postgresRows(ask),
    intentsOf: () => ({
      read: async () => readIntentRows(ask),
      add: async (lines) => addIntentRows(ask, lines),
    }),
    hasLateAnswers: async () => (await ask('SELECT 1 FROM late LIMIT 1')).length > 0,
    ...createRecordReader(ask),
    isEmpty: async () => (await ask('SELECT 1 FROM records LIMIT 1')).length === 0,
    commit: async (written, removed = []) =>
      inOneCommit(ask, async () => writeAll(ask, written, removed)),
    replaceAll: async (written) =>
      inOneCommit(ask, async () => {
        await ask(EMPTY);
        await writeAll(ask, written, []);
      }),
    close,
  };
}

/**
 * Of a store that was here before nothing may be taken for this one's, least of all its grants of a
 * budget: they are made anew by the accounts.
 */
const EMPTY = 'TRUNCATE records, intent, late, budget, budget_grant, provider, operator_request';

/** What a process holds that starts, and one that has the database for itself. */
const LOCKS = ["hashtextextended('clapper:start', 0)", WHOLE_STORE_LOCK.join(', ')];

const locks = z.tuple([z.object({ locked: z.boolean() })]);

/** They are free again when this connection ends. */
async function lock(ask: Ask, place: string): Promise<void> {
  for (const name of LOCKS) {
    const [{ locked }] = locks.parse(await ask(`SELECT pg_try_advisory_lock(${name}) AS locked`));
    if (!locked) throw new MoveRefused(moveFaults.inUse(place));
  }
}

/** After the removal of the dead, of whom one that was only paused can commit nothing any more. */
async function refuseMembers(ask: Ask, place: string): Promise<void> {
  await lookAtMembers(ask, '');
  const members = await ask('SELECT 1 FROM member LIMIT 1');
  if (members.length > 0) throw new MoveRefused(moveFaults.inUse(place));
}

async function inOneCommit(ask: Ask, work: () => Promise<void>): Promise<void> {
  await ask('BEGIN');
  try {
    await work();
    await ask('COMMIT');
  } catch (cause) {
    await ask('ROLLBACK').catch(() => undefined);
    throw cause;
  }
}

async function writeAll(
  ask: Ask,
  written: readonly StoredRecord[],
  removed: readonly string[],
): Promise<void> {
  for (const { key, value } of await rowsOf(written, removed)) {
    await (value === undefined
      ? ask('DELETE FROM records WHERE key = $1', [keyText(key)])
      : ask(
          `INSERT INTO records (key, value) VALUES ($1, $2)
           ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
          [keyText(key), value],
        ));
  }
}
