/** Its columns, by which a missing table is found. */
export const LATE_COLUMNS: readonly string[] = ['late.task', 'late.number', 'late.at'];

/**
 * The numbers that providers gave to tasks whose process had lost them by then: the owner of the slot
 * goes on with the task. A row names no member, because it is true of the task in any case.
 */
export const LATE_TABLE = `
  CREATE TABLE IF NOT EXISTS late (
    task text COLLATE "C" PRIMARY KEY,
    number text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
  );
`;
