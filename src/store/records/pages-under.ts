import type { RecordStore } from '../../app/ports/record-store-port.ts';

/** The records of one page, in the order of their keys. */
interface Page {
  readonly keys: readonly string[];
  readonly values: readonly unknown[];
}

/**
 * Every record under a prefix, from a whole key on if one is given, `size` at a time: never more in memory, and other work gets its turn
 * between two pages. What is written meanwhile may or may not be among them.
 */
export async function* pagesUnder(
  records: Pick<RecordStore, 'keysUnder' | 'getMany'>,
  prefix: string,
  size: number,
  from = prefix,
): AsyncGenerator<Page> {
  for await (const keys of keyPagesUnder(records, prefix, size, from)) {
    yield { keys, values: await records.getMany(keys) };
  }
}

/** The same without the values. */
export async function* keyPagesUnder(
  records: Pick<RecordStore, 'keysUnder'>,
  prefix: string,
  size: number,
  first = prefix,
): AsyncGenerator<readonly string[]> {
  let from = first;
  for (;;) {
    const keys = await records.keysUnder(prefix, { from, limit: size });
    const last = keys.at(-1);
    if (last === undefined) return;
    yield keys;
    if (keys.length < size) return;
    // The first key that could follow.
    from = `${last}\0`;
  }
}
