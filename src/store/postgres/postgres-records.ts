import { z } from 'zod';
import type { KeyRange, RecordStore } from '../../app/ports/record-store-port.ts';
import { createGroupCommit } from '../records/group-commit.ts';
import type { Row } from '../records/group-commit.ts';
import { NAMESPACE, rowsOf } from '../records/record-rows.ts';
import { readRecord } from '../records/record-text.ts';
import { keyOf, keyText } from './key-text.ts';
import { openSession } from './session.ts';
import type { PostgresSession, SessionOptions } from './session.ts';

/** Thrown when this process is a member no more: another one may own what it knows by now. */
export class Fenced extends Error {}

/** The maximum of keys in one read. */
const READ_CHUNK = 500;

/**
 * One statement for a whole batch: nothing of it happens unless the member's row is there. The row is
 * locked as a foreign key would lock it, so that its removal waits for the end of the commit.
 */
const FENCED_WRITE = `
  WITH fence AS MATERIALIZED (SELECT 1 FROM member WHERE id = $1 FOR KEY SHARE),
  written AS (
    INSERT INTO records (key, value)
    SELECT row.key, row.value FROM unnest($2::text[], $3::text[]) AS row (key, value), fence
    ON CONFLICT (key) DO UPDATE SET value = excluded.value
  ),
  removed AS (DELETE FROM records USING fence WHERE key = ANY ($4::text[]))
  SELECT count(*)::int AS members FROM fence`;

const READ = 'SELECT key, value FROM records WHERE key = ANY ($1::text[])';

const keysBetween = (order: 'ASC' | 'DESC'): string =>
  `SELECT key FROM records WHERE key >= $1 AND key < $2 ORDER BY key ${order} LIMIT $3`;

const memberRows = z.array(z.object({ members: z.number() }));
const keyRows = z.array(z.object({ key: z.string() }));
const valueRows = z.array(z.object({ key: z.string(), value: z.unknown() }));

export interface PostgresRecords extends RecordStore {
  close(): Promise<void>;
}

/**
 * Opens the store on Postgres. A commit is on disk when it resolves; one whose connection broke may
 * stand or not, and what is read after that says which, because a new session begins by putting an end
 * to the old one. Rejects if the database cannot be reached.
 */
export async function openPostgresRecords(options: SessionOptions): Promise<PostgresRecords> {
  const { session, close } = createSessions(options);
  await session();
  const commit = createGroupCommit(async (rows) => write(await session(), rows));
  return {
    get: async (key) => (await readMany(await session(), [key]))[0],
    async getMany(keys) {
      const values: unknown[] = [];
      for (let at = 0; at < keys.length; at += READ_CHUNK) {
        values.push(...(await readMany(await session(), keys.slice(at, at + READ_CHUNK))));
      }
      return values;
    },
    write: async (records, removed = []) => {
      if (records.length + removed.length > 0) await commit(await rowsOf(records, removed));
    },
    remove: async (keys) => {
      if (keys.length > 0) await commit(await rowsOf([], keys));
    },
    keysUnder: async (prefix, range) => keysUnder(await session(), prefix, range),
    close,
  };
}

/** The session that is open; where it has broken a new one, the same for all who wait for it. */
function createSessions(options: SessionOptions): {
  readonly session: () => Promise<PostgresSession>;
  readonly close: () => Promise<void>;
} {
  let isClosed = false;
  let last: PostgresSession | undefined;
  let opening: Promise<PostgresSession> | undefined;
  const open = async (): Promise<PostgresSession> => {
    try {
      // The end of the one before comes before anything is read.
      last = await openSession(options, last?.member);
      return last;
    } finally {
      opening = undefined;
    }
  };
  return {
    async session() {
      if (isClosed) throw new Error('the store is closed');
      if (last !== undefined && !last.isOver()) return last;
      opening ??= open();
      return opening;
    },
    async close() {
      isClosed = true;
      await opening?.catch(() => undefined);
      await last?.close();
    },
  };
}

async function write(session: PostgresSession, rows: readonly Row[]): Promise<void> {
  // A statement may name a key once; of a group of batches the last one counts.
  const last = new Map(rows.map(({ key, value }) => [keyText(key), value]));
  const written = [...last].flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value }],
  );
  const removed = [...last].flatMap(([key, value]) => (value === undefined ? [key] : []));
  const answer = await session.commit(FENCED_WRITE, [
    session.member,
    written.map(({ key }) => key),
    written.map(({ value }) => value),
    removed,
  ]);
  const [{ members } = { members: 0 }] = memberRows.parse(answer);
  if (members !== 1) throw new Fenced('this process is no member of the database any more');
}

async function readMany(session: PostgresSession, keys: readonly string[]): Promise<unknown[]> {
  const texts = keys.map((key) => keyText(`${NAMESPACE}:${key}`));
  const rows = valueRows.parse(await session.read(READ, [texts]));
  const byKey = new Map(rows.map(({ key, value }) => [key, valueIn(value)]));
  return texts.map((text) => byKey.get(text));
}

function valueIn(stored: unknown): unknown {
  const record = readRecord(stored);
  return typeof record === 'object' && record !== null && 'value' in record
    ? record.value
    : undefined;
}

async function keysUnder(
  session: PostgresSession,
  prefix: string,
  { from = prefix, before = `${prefix}\u{10FFFF}`, limit, isFromEnd = false }: KeyRange = {},
): Promise<string[]> {
  const bounds = [from, before].map((key) => keyText(`${NAMESPACE}:${key}`));
  const answer = await session.read(keysBetween(isFromEnd ? 'DESC' : 'ASC'), [
    ...bounds,
    limit ?? null,
  ]);
  const keys = keyRows.parse(answer).map(({ key }) => keyOf(key).slice(NAMESPACE.length + 1));
  return isFromEnd ? keys.toReversed() : keys;
}
