import { linkSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { markCopy } from '../../src/store/backup/mark-copy.ts';
import { checkStore } from '../../src/doctor/check-store.ts';
import { SCHEMA_VERSION } from '../../src/store/schema/migrations.ts';
import { acquireStoreLock } from '../../src/store/records/process-lock.ts';
import { openSqliteRecords } from '../../src/store/records/sqlite-records.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

async function aStore(version = SCHEMA_VERSION): Promise<string> {
  const path = join(temporaryFolder(), 'clapper.sqlite');
  const records = await openSqliteRecords(path);
  await records.write([{ key: 'meta:schema', value: { version } }]);
  const many = Array.from({ length: 2000 }, (_, index) => ({ key: `k${index}`, value: index }));
  await records.write(many);
  await records.close();
  return path;
}
const levels = async (path: string): Promise<string[]> =>
  (await checkStore(path)).map(({ level, text }) => `${level} ${text}`);

describe('the store', () => {
  it('is fine before the first start, and the check creates none', async () => {
    const folder = temporaryFolder();
    expect((await levels(join(folder, 'clapper.sqlite')))[0]).toMatch(/^ok none yet/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is whole, and no bot runs on it', async () => {
    const [store, bot] = await levels(await aStore());
    expect(store).toContain(`is whole (schema ${SCHEMA_VERSION}, `);
    expect(bot).toBe('ok none runs on this database');
  });

  it('is checked while a bot runs, which keeps its lock', async () => {
    const path = await aStore();
    const lock = await acquireStoreLock(path, 100);
    onTestFinished(() => lock.release());
    expect((await levels(path))[1]).toBe('ok one runs on this database, which is fine');
    await expect(acquireStoreLock(path, 1)).rejects.toThrow('another process');
  });

  it('causes a warning if its file has several names', async () => {
    const path = await aStore();
    linkSync(path, `${path}.again`);
    expect(await levels(path)).toContainEqual(expect.stringMatching(/^warning .*hard links/));
  });

  it('causes a warning if it is a copy that no start has checked', async () => {
    const path = await aStore();
    await markCopy(path, 0);
    expect(await levels(path)).toContainEqual(
      expect.stringMatching(/^warning it is a copy made at 1970-01-01T00:00:00.000Z/),
    );
  });

  it('is a fault of a newer version', async () => {
    expect((await levels(await aStore(SCHEMA_VERSION + 1)))[0]).toMatch(/^fault .*newer Clapper/);
  });

  it.each([
    ['no database', (path: string) => writeFileSync(path, 'x'.repeat(5000))],
    ['empty', (path: string) => truncateSync(path)],
    ['cut in half', (path: string) => truncateSync(path, 16_384)],
  ])('is a fault where the file is %s', async (_what, damage) => {
    const path = await aStore();
    damage(path);
    const [finding] = await checkStore(path);
    expect(finding?.level).toBe('fault');
  });
});
