import { writeSync } from 'node:fs';
import { z } from 'zod';
import type { RecordStore, StoredRecord } from '../../app/ports/record-store-port.ts';
import { windowKeysSchema } from '../../domain/ledger/windows.ts';
import { namedAssetsSchema } from '../../domain/library/named-asset.ts';
import { openRecordSchema } from '../../domain/tasks/task.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { NAMED_PREFIX } from '../../store/library/named-asset-store.ts';
import { TASK_PREFIX } from '../../store/tasks/task-keys.ts';

const STANDARD_OUTPUT = 1;
const ERASED_LINE = 'a task is about to be erased';
const CHARGES_LINE = 'charges are about to be written';

/**
 * Reports to the harness what the store may not have at its end: tasks whose record is about to be
 * removed with a member's data, and charges of names that may be removed.
 */
export function reportingRecords<R extends RecordStore>(records: R): R {
  const reportErased = async (keys: readonly string[]): Promise<void> => {
    const tasks = await records.getMany(keys.filter((key) => key.startsWith(TASK_PREFIX)));
    for (const task of tasks) {
      const read = openRecordSchema.safeParse(task);
      if (!read.success) continue;
      report(ERASED_LINE, { record: z.encode(openRecordSchema, read.data) });
    }
  };
  return {
    ...records,
    write: async (written, removed = []) => {
      for (const one of written) reportCharges(one);
      await reportErased(removed);
      await records.write(written, removed);
    },
    remove: async (keys) => {
      await reportErased(keys);
      await records.remove(keys);
    },
  };
}

/** The upload of a named medium, apart from its money. */
const chargeSchema = z.object({
  id: z.string(),
  guildId: z.string(),
  memberId: z.string(),
  name: z.string(),
  kind: z.enum(['image', 'video', 'audio']),
  /** Of the content, in hex; `undefined` until it was read. */
  sha256: z.string().optional(),
  library: z.string(),
  priceKey: z.string(),
  windows: z.object({ guild: windowKeysSchema, operator: windowKeysSchema }),
});
export type ReportedCharge = z.output<typeof chargeSchema>;

function reportCharges({ key, value }: StoredRecord): void {
  if (!key.startsWith(NAMED_PREFIX)) return;
  const guildId = key.slice(NAMED_PREFIX.length);
  const charges = namedAssetsSchema.parse(value).flatMap((asset) =>
    asset.charges.map(({ id, library, priceKey, windows }): ReportedCharge => {
      const { memberId, name, kind, sha256 } = asset;
      return { id, guildId, memberId, name, kind, sha256, library, priceKey, windows };
    }),
  );
  if (charges.length > 0) report(CHARGES_LINE, { charges });
}

/** Synchronous, because the process may be killed next. */
function report(msg: string, what: object): void {
  writeSync(STANDARD_OUTPUT, `${JSON.stringify({ msg, atMs: Date.now(), ...what })}\n`);
}

/**
 * The erased tasks as they were last, by interaction id; without those that were erased after a copy
 * was made and before it was restored.
 */
export function erasedTasksIn(
  lines: readonly string[],
  restore: { readonly copiedAtMs: number; readonly restoredAtMs: number } | undefined,
): Map<string, Task> {
  const schema = z.object({ atMs: z.number(), record: openRecordSchema });
  const tasks = reportsIn(lines, ERASED_LINE)
    .map((line) => schema.parse(line))
    .filter(
      ({ atMs }) =>
        restore === undefined || atMs < restore.copiedAtMs || atMs >= restore.restoredAtMs,
    )
    .map(({ record }) => ({ ...record, secrets: {} }));
  return new Map(tasks.map((task) => [task.interactionId, task]));
}

/** Every charge that was ever about to be written, by its id. */
export function chargesIn(lines: readonly string[]): Map<string, ReportedCharge> {
  const schema = z.object({ charges: z.array(chargeSchema) });
  const charges = reportsIn(lines, CHARGES_LINE).flatMap((line) => schema.parse(line).charges);
  return new Map(charges.map((charge) => [charge.id, charge]));
}

const reportSchema = z.looseObject({ atMs: z.number() });

/** Reports of all processes in the order in which they were made; their lines are one process's after another's. */
function reportsIn(lines: readonly string[], msg: string): z.output<typeof reportSchema>[] {
  return lines
    .filter((line) => line.includes(msg))
    .map((line) => reportSchema.parse(JSON.parse(line)))
    .toSorted((a, b) => a.atMs - b.atMs);
}
