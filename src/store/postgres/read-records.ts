import { z } from 'zod';
import type { KeyRange, RecordReader } from '../../app/ports/record-store-port.ts';
import { NAMESPACE } from '../records/record-rows.ts';
import { readRecord } from '../records/record-text.ts';
import { keyOf, keyText } from './key-text.ts';
import type { Ask } from './schema.ts';

/** The maximum of keys in one read. */
const READ_CHUNK = 500;

const READ = 'SELECT key, value FROM records WHERE key = ANY ($1::text[])';

const keysBetween = (order: 'ASC' | 'DESC'): string =>
  `SELECT key FROM records WHERE key >= $1 AND key < $2 ORDER BY key ${order} LIMIT $3`;

const keyRows = z.array(z.object({ key: z.string() }));
const valueRows = z.array(z.object({ key: z.string(), value: z.unknown() }));

/** Reads records over a connection, which need not be a member's. */
export function createRecordReader(ask: Ask): RecordReader {
  return {
    get: async (key) => (await readMany(ask, [key]))[0],
    async getMany(keys) {
      const values: unknown[] = [];
      for (let at = 0; at < keys.length; at += READ_CHUNK) {
        values.push(...(await readMany(ask, keys.slice(at, at + READ_CHUNK))));
      }
      return values;
    },
    keysUnder: async (prefix, range) => keysUnder(ask, prefix, range),
  };
}

async function readMany(ask: Ask, keys: readonly string[]): Promise<unknown[]> {
  const texts = keys.map((key) => keyText(`${NAMESPACE}:${key}`));
  const rows = valueRows.parse(await ask(READ, [texts]));
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
  ask: Ask,
  prefix: string,
  { from = prefix, before = `${prefix}\u{10FFFF}`, limit, isFromEnd = false }: KeyRange = {},
): Promise<string[]> {
  const bounds = [from, before].map((key) => keyText(`${NAMESPACE}:${key}`));
  const answer = await ask(keysBetween(isFromEnd ? 'DESC' : 'ASC'), [...bounds, limit ?? null]);
  const keys = keyRows.parse(answer).map(({ key }) => keyOf(key).slice(NAMESPACE.length + 1));
  return isFromEnd ? keys.toReversed() : keys;
}
