import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { loadSecretKey } from '../../src/config/secret-key.ts';
import { createTemporaryFolder } from './temporary-folder.ts';

function unexpected(path: string): void {
  throw new Error(`quarantined: ${path}`);
}

describe('loadSecretKey', () => {
  it('takes the configured key and touches no disk', async () => {
    const folder = await createTemporaryFolder();
    const configured = new Uint8Array(32).fill(1);
    const key = await loadSecretKey({
      configured,
      dataDir: join(folder, 'data'),
      onQuarantine: unexpected,
    });
    expect(key).toEqual(configured);
    expect(await readdir(folder)).toEqual([]);
  });

  it('makes a key at the first start, readable by its owner alone, and finds it at the next', async () => {
    const dataDir = join(await createTemporaryFolder(), 'new', 'data');
    const key = await loadSecretKey({ dataDir, onQuarantine: unexpected });

    expect(key).toHaveLength(32);
    expect(await readdir(dataDir)).toEqual(['secret.key']);
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    expect((await stat(join(dataDir, 'secret.key'))).mode & 0o777).toBe(0o600);
    const text = await readFile(join(dataDir, 'secret.key'), 'utf8');
    expect(text).toBe(`${Buffer.from(key).toString('base64')}\n`);
    expect(await loadSecretKey({ dataDir, onQuarantine: unexpected })).toEqual(key);
  });

  it('makes another key for another installation', async () => {
    const first = await loadSecretKey({
      dataDir: await createTemporaryFolder(),
      onQuarantine: unexpected,
    });
    const second = await loadSecretKey({
      dataDir: await createTemporaryFolder(),
      onQuarantine: unexpected,
    });
    expect(first).not.toEqual(second);
  });

  it.each(Array.from({ length: 10 }, (_, round) => round))(
    'gives the same key to starts that race (round %i)',
    async (round) => {
      const dataDir = join(await createTemporaryFolder(), 'data');
      const starts: Promise<Uint8Array>[] = [];
      // Starts a few turns of the event loop apart, so that some finish while others write.
      for (let turn = 0; turn < 20 * (round + 1); turn += 1) {
        if (turn % (round + 1) === 0) {
          starts.push(loadSecretKey({ dataDir, onQuarantine: unexpected }));
        }
        await nextTurn();
      }
      const keys = await Promise.all(starts);
      const texts = new Set(keys.map((key) => Buffer.from(key).toString('base64')));
      expect(texts.size).toBe(1);
      expect(await readdir(dataDir)).toEqual(['secret.key']);
    },
  );

  it.each([
    ['empty', ''],
    ['short', 'c2hvcnQ='],
    ['no base64', '!'.repeat(44)],
  ])('sets a key file that is %s aside as it is, and goes on with a new one', async (_, text) => {
    const dataDir = await createTemporaryFolder();
    await writeFile(join(dataDir, 'secret.key'), text);
    const aside: string[] = [];
    const key = await loadSecretKey({ dataDir, onQuarantine: (path) => aside.push(path) });
    expect(key).toHaveLength(32);
    expect(aside).toHaveLength(1);
    expect(await readFile(aside[0] ?? '', 'utf8')).toBe(text);
    expect(await loadSecretKey({ dataDir, onQuarantine: unexpected })).toEqual(key);
  });

  it('leaves the mode of a folder that was there', async () => {
    const dataDir = await createTemporaryFolder();
    await chmod(dataDir, 0o750);
    await loadSecretKey({ dataDir, onQuarantine: unexpected });
    expect((await stat(dataDir)).mode & 0o777).toBe(0o750);
  });
});
