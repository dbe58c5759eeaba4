import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import type { RowSource, RowTarget, StoredRow } from './stored-row.ts';

/** What was copied. */
export interface CopiedRows {
  readonly count: number;
  /** SHA-256 over every key and value, in hexadecimal. */
  readonly checksum: string;
}

/** Thrown when the copy is not what was copied. */
export class CopyDiffers extends Error {}

/**
 * Copies the rows whose keys are chosen, and then compares both sides row by row. Never has more than a
 * few batches in memory. Rejects with `CopyDiffers` if anything is not the same.
 */
export async function copyRows(
  source: RowSource,
  target: RowTarget,
  isChosen: (key: string) => boolean,
): Promise<CopiedRows> {
  const [sent, found] = [createTally(), createTally()];
  let inserting = Promise.resolve();
  for await (const batch of source.read()) {
    const rows = batch.filter(({ key }) => isChosen(key));
    for (const row of rows) sent.add(row);
    // The next batch is read meanwhile; one that fails ends the copy before the next insert.
    await inserting;
    inserting = rows.length > 0 ? target.insert(rows) : inserting;
    inserting.catch(() => undefined);
  }
  await inserting;
  const copied = chosenRows(target, isChosen);
  try {
    for await (const expected of chosenRows(source, isChosen)) {
      const { value: row } = await copied.next();
      if (row?.key !== expected.key || row.value !== expected.value) throw differsAt(expected.key);
      found.add(row);
    }
    const beyond = await copied.next();
    if (beyond.done !== true) throw differsAt(beyond.value.key);
  } finally {
    await copied.return(undefined);
  }
  const result = found.result();
  // Also finds a source that changed between the two times that it was read.
  if (result.checksum !== sent.result().checksum) throw new CopyDiffers(CHANGED);
  return result;
}

const CHANGED = 'the database changed while it was copied; is something else writing to it?';

function differsAt(key: string): CopyDiffers {
  return new CopyDiffers(
    `the copy differs from the database at the record ${JSON.stringify(key)}; is something else writing to one of them?`,
  );
}

async function* chosenRows(
  source: RowSource,
  isChosen: (key: string) => boolean,
): AsyncGenerator<StoredRow, undefined> {
  for await (const batch of source.read()) {
    for (const row of batch) if (isChosen(row.key)) yield row;
  }
  return undefined;
}

function createTally() {
  const hash: Hash = createHash('sha256');
  let count = 0;
  let digest: string | undefined;
  return {
    add({ key, value }: StoredRow): void {
      count += 1;
      // The lengths keep two rows apart that would be the same text.
      hash.update(`${key.length}:${key}${value.length}:${value}`);
    },
    result(): CopiedRows {
      digest ??= hash.digest('hex');
      return { count, checksum: digest };
    },
  };
}
