import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acquireProcessLock } from '../../src/store/process-lock.ts';
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
