import { HOUR_MS } from '../../../domain/time-units.ts';
import type { RecordStore, StoredRecord } from '../../../app/ports/record-store-port.ts';
import { snowflakeAt, snowflakeTime, isOlderSnowflake } from '../../../domain/tasks/snowflake.ts';
import type { Migration } from '../migration.ts';
import { upgradeTask } from './upgrade-task.ts';

/** Records per commit. */
const CHUNK = 50;

/* The key prefixes of both schemas, repeated here because later schemas may change them. */
const TASK = 'task:';
const CLAIM = 'claim:';
const OLD_QUARANTINE = 'damaged:';
const QUARANTINE = 'quarantine:';

/**
 * The migration from tasks under their interaction's id to tasks with their own ids. It adds a plan in
 * place of the one route, attempts, and claims of the interactions, and renames stored values to the
 * usual terms. Every commit can be repeated, so a kill is harmless after any of them.
 */
export const toSchema2: Migration = {
  to: 2,
  what: 'tasks have a plan, attempts and claims of their own; stored words are renamed',
  async migrate(records) {
    await moveQuarantined(records);
    await upgradeTasks(records);
    return [];
  },
};

/** Moves quarantined copies to their new prefix. Their content is evidence and stays unchanged. */
async function moveQuarantined(records: RecordStore): Promise<void> {
  for (const keys of chunksOf(await records.keysUnder(OLD_QUARANTINE))) {
    const values = await records.getMany(keys);
    await records.write(
      keys.map((key, index) => ({
        key: `${QUARANTINE}${key.slice(OLD_QUARANTINE.length)}`,
        value: values[index],
      })),
    );
    await records.remove(keys);
  }
}

async function upgradeTasks(records: RecordStore): Promise<void> {
  const all = await records.keysUnder(TASK);
  const oldest = oldestToClaim(all);
  for (const keys of chunksOf(all)) {
    const values = await records.getMany(keys);
    await records.write(
      keys.flatMap((key, index): StoredRecord[] => {
        const id = key.slice(TASK.length);
        const claim = isOlderSnowflake(id, oldest) ? [] : [{ key: `${CLAIM}${id}`, value: id }];
        const value = upgradeTask(values[index]);
        return value === values[index] ? claim : [{ key, value }, ...claim];
      }),
    );
  }
}

/** The oldest id that needs a claim: claims last an hour, and the newest task bounds the present. */
function oldestToClaim(taskKeys: readonly string[]): string {
  const ids = taskKeys.map((key) => key.slice(TASK.length));
  const newest = ids.reduce((one, other) => (isOlderSnowflake(one, other) ? other : one), '');
  return snowflakeAt(snowflakeTime(newest) - HOUR_MS);
}

function* chunksOf(keys: readonly string[]): Generator<readonly string[]> {
  for (let at = 0; at < keys.length; at += CHUNK) yield keys.slice(at, at + CHUNK);
}
