import { SLOTS } from '../../domain/slots.ts';
import { BUDGET_COLUMNS, BUDGET_TABLES } from './budget-table.ts';
import { INTENT_COLUMNS, INTENT_TABLE } from './intent-table.ts';
import { PROVIDER_COLUMNS, PROVIDER_TABLE } from './provider-table.ts';
import { REQUEST_COLUMNS, REQUEST_TABLE } from './request-table.ts';
import { LATE_COLUMNS, LATE_TABLE } from './late-table.ts';

/** Asks the database; without values the text may have several statements, which are one transaction. */
export type Ask = (sql: string, values?: readonly unknown[]) => Promise<readonly unknown[]>;

/** The columns that must be there; a later version adds its own, and a start makes what is missing. */
const COLUMNS: readonly string[] = [
  'records.key',
  'records.value',
  'member.id',
  'member.instance',
  'member.since',
  'member.entered',
  'member.until',
  'member.leaving',
  'member.lock_key',
  'member.counts',
  'member.settings',
  'member.applied',
  'removal.is_only',
  'removal.at',
  'removal.previous',
  'removal.left_at',
  'slot.n',
  'slot.owner',
  'inbox.id',
  'inbox.slot',
  'inbox.body',
  'inbox.at',
  'inbox_life.is_only',
  'inbox_life.id',
  ...INTENT_COLUMNS,
  ...PROVIDER_COLUMNS,
  ...BUDGET_COLUMNS,
  ...REQUEST_COLUMNS,
  ...LATE_COLUMNS,
];

const MISSING = `
  SELECT wanted FROM unnest($1::text[]) AS wanted
  WHERE NOT EXISTS (
    SELECT 1 FROM pg_attribute
    WHERE attrelid = to_regclass(split_part(wanted, '.', 1))
      AND attname = split_part(wanted, '.', 2) AND NOT attisdropped
  )`;

/**
 * The tables. Keys are compared by their bytes, as SQLite compares them, whatever the language of the
 * database is. A member is one session of one process; every commit names one and fails without it. The
 * last two removals of dead ones are noted, and when one left last. A slot's owner is a member; one that is there no more is
 * the same as none. What is in an unlogged table is gone after a crash of the server, and its life has
 * another id then. The columns that were added later are absent from the rows of an older version.
 *
 * IF NOT EXISTS alone fails where two processes create the same table at once.
 */
const CREATE = `
  SELECT pg_advisory_xact_lock(hashtextextended('clapper:schema', 0));
  CREATE TABLE IF NOT EXISTS records (
    key text COLLATE "C" PRIMARY KEY,
    value text NOT NULL
  );
  CREATE TABLE IF NOT EXISTS member (
    id text PRIMARY KEY,
    instance text NOT NULL UNIQUE,
    since timestamptz NOT NULL,
    entered timestamptz NOT NULL,
    until timestamptz NOT NULL,
    leaving boolean NOT NULL,
    lock_key bigint NOT NULL,
    counts text[]
  );
  ALTER TABLE member ADD COLUMN IF NOT EXISTS settings jsonb;
  ALTER TABLE member ADD COLUMN IF NOT EXISTS applied jsonb;
  CREATE TABLE IF NOT EXISTS removal (
    is_only boolean PRIMARY KEY CHECK (is_only),
    at timestamptz NOT NULL
  );
  ALTER TABLE removal ADD COLUMN IF NOT EXISTS previous timestamptz;
  ALTER TABLE removal ADD COLUMN IF NOT EXISTS left_at timestamptz;
  CREATE TABLE IF NOT EXISTS slot (
    n smallint PRIMARY KEY,
    owner text
  );
  INSERT INTO slot (n) SELECT generate_series(0, ${SLOTS - 1}) ON CONFLICT DO NOTHING;
  CREATE UNLOGGED TABLE IF NOT EXISTS inbox (
    id text PRIMARY KEY,
    slot smallint NOT NULL,
    body text NOT NULL,
    at timestamptz NOT NULL
  );
  CREATE UNLOGGED TABLE IF NOT EXISTS inbox_life (
    is_only boolean PRIMARY KEY CHECK (is_only),
    id text NOT NULL
  );
${INTENT_TABLE}${LATE_TABLE}${PROVIDER_TABLE}${BUDGET_TABLES}${REQUEST_TABLE}`;

/**
 * Makes the tables that are missing. Any number of processes may do so at once; where all are there,
 * no right to create any is needed. Rejects with what the server said.
 */
export async function ensureSchema(ask: Ask): Promise<void> {
  const missing = await ask(MISSING, [COLUMNS]);
  if (missing.length > 0) await ask(CREATE);
}
