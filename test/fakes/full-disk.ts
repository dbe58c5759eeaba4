import { askAt } from './on-postgres.ts';

/** Where and for whom there is no room. */
export interface NoRoom {
  readonly tables: readonly string[];
  /** A condition on the new row; every row if not given. */
  readonly when?: string;
}

/**
 * Lets each statement fail that would write a row there, as where the file of a table cannot grow;
 * what is deleted needs no room. Resolves with what makes room.
 */
export async function fillDisk(
  url: string,
  { tables, when = 'true' }: NoRoom,
): Promise<() => Promise<void>> {
  await askAt(
    url,
    `CREATE OR REPLACE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$`,
  );
  const each = async (statement: (table: string) => string): Promise<void> => {
    for (const table of tables) await askAt(url, statement(table));
  };
  await each(
    (table) =>
      `CREATE TRIGGER disk_full BEFORE INSERT OR UPDATE ON ${table}
       FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION disk_full()`,
  );
  return async () => each((table) => `DROP TRIGGER disk_full ON ${table}`);
}
