import type { RecordStore, StoredRecord } from '../../../src/app/ports/record-store-port.ts';
import type { Migration } from '../../../src/store/schema/migration.ts';

/** A record of the store whose form changes twice: `{text}`, `{words: [text]}`, `{words, count}`. */
interface OldRecord {
  readonly text?: string;
  readonly words?: readonly string[];
  readonly count?: number;
}

const ROWS = 120;
const STEP = 10;
const rowKey = (index: number): string => `row:${String(index).padStart(4, '0')}`;

export const firstRows = (): StoredRecord[] =>
  Array.from({ length: ROWS }, (_, index) => ({
    key: rowKey(index),
    value: { text: `t${index}` },
  }));
export const lastRows = (): StoredRecord[] =>
  Array.from({ length: ROWS }, (_, index) => ({
    key: rowKey(index),
    value: { words: [`t${index}`], count: 1 },
  }));

function isRecord(value: unknown): value is OldRecord {
  return typeof value === 'object' && value !== null;
}

/** Rewrites every row in commits of ten; the last ones are left to the commit of the mark. */
async function rewrite(
  records: RecordStore,
  change: (row: OldRecord) => OldRecord,
  onStep: () => void,
): Promise<StoredRecord[]> {
  const keys = await records.keysUnder('row:');
  let last: StoredRecord[] = [];
  for (let at = 0; at < keys.length; at += STEP) {
    const some = keys.slice(at, at + STEP);
    const values = await records.getMany(some);
    await records.write(last);
    onStep();
    last = some.flatMap((key, index) => {
      const value = values[index];
      return isRecord(value) ? [{ key, value: change(value) }] : [];
    });
  }
  return last;
}

/** Two migrations that may be killed and made again; `onStep` is told of each commit. */
export function twoMigrations(onStep: () => void = () => undefined): Migration[] {
  return [
    {
      to: 2,
      what: 'texts become lists of words',
      migrate: async (records) =>
        rewrite(
          records,
          (row) => (row.words === undefined ? { words: [row.text ?? ''] } : row),
          onStep,
        ),
    },
    {
      to: 3,
      what: 'words are counted',
      migrate: async (records) =>
        rewrite(records, (row) => ({ ...row, count: row.words?.length ?? 0 }), onStep),
    },
  ];
}
