import type { KeyvSqlite } from '@keyv/sqlite';
import type { KeyvStoreAdapter } from 'keyv';
import { z } from 'zod';
import type { KeyRange } from '../../app/ports/record-store-port.ts';
import { createGroupCommit } from './group-commit.ts';
import type { Row } from './group-commit.ts';
import { readRecord } from './record-text.ts';

export const TABLE = 'records';

/** In SQLite's words. */
const NO_LIMIT = -1;

const keyRows = z.array(z.object({ key: z.string() }));
/** The value of a damaged row may be anything, also bytes or null. */
const valueRows = z.array(z.object({ key: z.string(), value: z.unknown() }));

/**
 * A Keyv adapter on a SQLite connection. Unlike the one in @keyv/sqlite it writes many records in one
 * atomic statement, shares a commit among concurrent writes, deletes without reading first, and reads
 * a damaged row as a damaged record.
 *
 * Its keys already include Keyv's namespace. Keyv types a value as its caller expects it; here it is
 * `unknown`, and each reader checks it.
 */
export class SqliteAdapter implements Omit<KeyvStoreAdapter, 'get' | 'getMany'> {
  readonly opts = { dialect: 'sqlite', table: TABLE };
  /** Set by Keyv. */
  namespace?: string;
  readonly #sqlite: KeyvSqlite;
  readonly #commit: (rows: readonly Row[]) => Promise<void>;

  constructor(sqlite: KeyvSqlite) {
    this.#sqlite = sqlite;
    this.#commit = createGroupCommit(async (rows) => this.#upsert(rows));
  }

  async get(key: string): Promise<unknown> {
    const [row] = valueRows.parse(
      await this.#sqlite.query(`SELECT key, value FROM ${TABLE} WHERE key = ?`, key),
    );
    return row === undefined ? undefined : readRecord(row.value);
  }

  async getMany(keys: string[]): Promise<unknown[]> {
    const rows = valueRows.parse(
      await this.#sqlite.query(
        `SELECT key, value FROM ${TABLE} WHERE key IN (SELECT value FROM json_each(?))`,
        JSON.stringify(keys),
      ),
    );
    const byKey = new Map(rows.map((row) => [row.key, readRecord(row.value)]));
    return keys.map((key) => byKey.get(key));
  }

  async set(key: string, value: string): Promise<void> {
    await this.#commit([{ key, value }]);
  }

  /** Writes rows, and removes those without a value, in one commit. */
  async setMany(rows: readonly Row[]): Promise<void> {
    await this.#commit(rows);
  }

  async delete(key: string): Promise<boolean> {
    return this.deleteMany([key]);
  }

  async deleteMany(keys: string[]): Promise<boolean> {
    await this.#sqlite.query(
      `DELETE FROM ${TABLE} WHERE key IN (SELECT value FROM json_each(?))`,
      JSON.stringify(keys),
    );
    return true;
  }

  async clear(): Promise<void> {
    const prefix = this.namespace === undefined ? '' : `${this.namespace}:`;
    await this.deleteMany(await this.keysBetween(prefix, `${prefix}\u{10FFFF}`));
  }

  /** Reads the keys from `from` up to but excluding `before`, in order. */
  async keysBetween(
    from: string,
    before: string,
    { limit = NO_LIMIT, isFromEnd = false }: Pick<KeyRange, 'limit' | 'isFromEnd'> = {},
  ): Promise<string[]> {
    const order = isFromEnd ? 'DESC' : 'ASC';
    const rows = keyRows.parse(
      await this.#sqlite.query(
        `SELECT key FROM ${TABLE} WHERE key >= ? AND key < ? ORDER BY key ${order} LIMIT ?`,
        [from, before, limit],
      ),
    );
    const keys = rows.map(({ key }) => key);
    return isFromEnd ? keys.toReversed() : keys;
  }

  on(event: string, listener: (...given: unknown[]) => void): this {
    this.#sqlite.on(event, listener);
    return this;
  }

  async disconnect(): Promise<void> {
    await this.#sqlite.close();
  }

  async #upsert(rows: readonly Row[]): Promise<void> {
    const placeholders = rows.map(() => '(?, ?)').join(', ');
    await this.#sqlite.query(
      `INSERT INTO ${TABLE} (key, value) VALUES ${placeholders}
       ON CONFLICT(key) DO UPDATE SET value = excluded.value`,
      rows.flatMap(({ key, value }) => [key, value ?? null]),
    );
  }
}
