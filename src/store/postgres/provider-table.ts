/** Its columns, by which a missing table is found. */
export const PROVIDER_COLUMNS: readonly string[] = [
  'provider.id',
  'provider.paused_until',
  'provider.paused_by',
  'provider.blocked_until',
  'provider.busy_until',
  'provider.version',
  'provider.reason',
  'provider.reason_of',
];

/**
 * What processes report to each other of providers: a row for each, with times of the database's clock alone.
 * `paused_by` and `version` are the tokens of the writes that began the latest pause and that came last.
 * `reason` is why the pause `reason_of` began: an older version begins one and leaves both as they are.
 */
export const PROVIDER_TABLE = `
  CREATE TABLE IF NOT EXISTS provider (
    id text COLLATE "C" PRIMARY KEY,
    paused_until timestamptz NOT NULL,
    paused_by text NOT NULL,
    blocked_until timestamptz NOT NULL,
    busy_until timestamptz NOT NULL,
    version text NOT NULL
  );
  ALTER TABLE provider ADD COLUMN IF NOT EXISTS reason text;
  ALTER TABLE provider ADD COLUMN IF NOT EXISTS reason_of text;
`;
