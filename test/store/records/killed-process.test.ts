import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { openSqliteRecords } from '../../../src/store/records/sqlite-records.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const WRITER = join(import.meta.dirname, 'write-forever.ts');

/** Runs the writer and kills it as soon as it said that so many batches are written. */
async function killAfter(path: string, batches: number): Promise<number> {
  const child = spawn(process.execPath, ['--import', 'tsx', WRITER, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let acknowledged = 0;
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('close', (_code, signal) => {
      resolve(signal);
    });
  });
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged = Number(line);
    // SIGKILL: no handler, no last words, whatever it is doing now.
    if (acknowledged >= batches) child.kill('SIGKILL');
  }
  expect(await ended).toBe('SIGKILL');
  return acknowledged;
}

describe('a process killed while it writes', () => {
  it.each([1, 40, 173])(
    'after %i batches leaves every acknowledged one and no half of any',
    async (batches) => {
      const path = join(temporaryFolder(), 'store.sqlite');
      const acknowledged = await killAfter(path, batches);
      expect(acknowledged).toBeGreaterThanOrEqual(batches);

      const records = await openSqliteRecords(path);
      for (const half of ['left', 'right']) {
        const [a, b] = await records.getMany([`${half}:a`, `${half}:b`]);
        const rows = await records.keysUnder(`${half}:row:`);
        expect(a).toBeGreaterThanOrEqual(acknowledged);
        expect(b).toBe(a);
        expect(rows).toHaveLength(Number(a));
      }
      await records.write([{ key: 'left:a', value: 'goes on' }]);
      await expect(records.get('left:a')).resolves.toBe('goes on');
      await records.close();
    },
  );
});
