/** Its columns, by which a missing table is found. */
export const INTENT_COLUMNS: readonly string[] = [
  'intent.interaction',
  'intent.member',
  'intent.slot',
  'intent.person',
  'intent.at',
  'intent.line',
];

/**
 * What is about to be acknowledged: a row for each interaction, which names the member that wrote it.
 * `at` is the time of the database, by which rows grow old.
 */
export const INTENT_TABLE = `
  CREATE TABLE IF NOT EXISTS intent (
    interaction text COLLATE "C" PRIMARY KEY,
    member text NOT NULL,
    slot smallint NOT NULL,
    person text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    line text NOT NULL
  );
`;
