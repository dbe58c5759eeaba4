import { z } from 'zod';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import { createGroupCommit } from '../records/group-commit.ts';
import type { Row } from '../records/group-commit.ts';
import { rowsOf } from '../records/record-rows.ts';
import { keyText } from './key-text.ts';
import { createRecordReader } from './read-records.ts';
import type { PostgresSession } from './session.ts';
import { openSessions } from './sessions.ts';
import type { Sessions, SessionsOptions } from './sessions.ts';

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

const memberRows = z.array(z.object({ members: z.number() }));

export interface PostgresRecords extends RecordStore {
  /** Asks on the connection that reads, for what may be lost in a crash of the server. */
  readonly light: Light;
  close(): Promise<void>;
}

/** Asks by a statement that is made for the member that asks; resolves with the rows. */
export type Light = (
  statement: (member: string) => readonly [sql: string, values: readonly unknown[]],
) => Promise<readonly unknown[]>;

/** Opens the store on Postgres for a process that owns all of it. Rejects if it cannot be reached. */
export async function openPostgresRecords(options: SessionsOptions): Promise<PostgresRecords> {
  const sessions = await openSessions(options);
  return {
    ...createPostgresRecords(sessions),
    light: lightOf(sessions),
    close: async () => sessions.close(),
  };
}

/** Asks by the session that is open, or by the next one. */
export function lightOf(sessions: Pick<Sessions, 'open'>): Light {
  return async (statement) => {
    const session = await sessions.open();
    return session.read(...statement(session.member));
  };
}

/**
 * The store on Postgres. A commit is on disk when it resolves; one whose connection broke may stand or
 * not, and what is read after that says which, because a new session begins by putting an end to the
 * one before it. What was to be written by one session is never written by the next one, which may own
 * other guilds: it rejects. Once others have removed this member, writes reject with `Fenced`.
 */
export function createPostgresRecords(sessions: Sessions): RecordStore {
  const commit = createCommits(sessions);
  return {
    ...createRecordReader(async (sql, values) => (await sessions.open()).read(sql, values)),
    write: async (records, removed = []) => {
      if (records.length + removed.length > 0) await commit(async () => rowsOf(records, removed));
    },
    remove: async (keys) => {
      if (keys.length > 0) await commit(async () => rowsOf([], keys));
    },
  };
}

/** Commits rows in groups, each by the session that was in use when it was asked for. */
function createCommits(sessions: Sessions): (rows: () => Promise<readonly Row[]>) => Promise<void> {
  let last: { readonly session: PostgresSession; readonly commit: GroupCommit } | undefined;
  return async (rows) => {
    const session = sessions.current();
    if (last?.session !== session) {
      last = { session, commit: createGroupCommit(async (group) => write(session, group)) };
    }
    const { commit } = last;
    await commit(await rows());
  };
}

type GroupCommit = (rows: readonly Row[]) => Promise<void>;

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
  if (members !== 1) throw session.endFenced();
}
