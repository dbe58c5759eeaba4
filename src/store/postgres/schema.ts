/**
 * The tables. Keys are compared by their bytes, as SQLite compares them, whatever the language of the
 * database is. A member is one session of one process; every commit names one and fails without it.
 */
export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS records (
    key text COLLATE "C" PRIMARY KEY,
    value text NOT NULL
  );
  CREATE TABLE IF NOT EXISTS member (
    id text PRIMARY KEY,
    instance text NOT NULL,
    since timestamptz NOT NULL DEFAULT clock_timestamp()
  );
`;
