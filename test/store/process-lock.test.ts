import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acquireProcessLock } from '../../src/store/process-lock.ts';
import { checkSchemaVersion, SCHEMA_VERSION } from '../../src/store/schema-version.ts';
import { memoryRecords } from '../fakes/memory-records.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

describe('the lock of the store', () => {
  it('keeps a second holder out while the first one has it', async () => {
    const path = join(temporaryFolder(), 'store.lock');
    const lock = await acquireProcessLock(path, 1000);
    await expect(acquireProcessLock(path, 30)).rejects.toThrow(/another process/);
    await lock.release();
    const next = await acquireProcessLock(path, 30);
    await next.release();
  });

  it('is given to a second one that waits as soon as the first lets go', async () => {
    const path = join(temporaryFolder(), 'store.lock');
    const first = await acquireProcessLock(path, 1000);
    const waiting = acquireProcessLock(path, 30_000);
    await first.release();
    const second = await waiting;
    await expect(acquireProcessLock(path, 30)).rejects.toThrow(/another process/);
    await second.release();
  });
});

describe('the form of the store', () => {
  it('is marked in a new store, and its own is taken again', async () => {
    const records = memoryRecords();
    await checkSchemaVersion(records);
    expect([...records.byKey.values()]).toEqual([{ version: SCHEMA_VERSION }]);
    await expect(checkSchemaVersion(records)).resolves.toBeUndefined();
  });

  it('of a newer version is refused with what to do, and left as it is', async () => {
    const records = memoryRecords();
    await records.write([{ key: 'meta:schema', value: { version: SCHEMA_VERSION + 1 } }]);
    const before = new Map(records.byKey);
    await expect(checkSchemaVersion(records)).rejects.toThrow(/newer version.*restore/);
    expect(records.byKey).toEqual(before);
  });

  it.each([null, {}, { version: '1' }, { version: 0 }])('of %j is refused', async (value) => {
    const records = memoryRecords();
    records.byKey.set('meta:schema', value);
    await expect(checkSchemaVersion(records)).rejects.toThrow(/version|object/);
  });
});
