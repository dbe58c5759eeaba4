import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  checkDisk,
  checkFolder,
  checkKeyFile,
  checkNode,
  diskFinding,
} from '../../src/doctor/check-machine.ts';
import { renderFinding, warning } from '../../src/doctor/finding.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

it.each([
  ['20.19.0', 'ok'],
  ['22.1.0', 'ok'],
  ['20.18.3', 'fault'],
  ['18.20.0', 'fault'],
])('rates Node %s as %s', (version, level) => {
  expect(checkNode(version).level).toBe(level);
});

describe('a folder', () => {
  it('is fine if it exists or can be made', async () => {
    const folder = temporaryFolder();
    expect((await checkFolder('DATA_DIR', folder)).level).toBe('ok');
    expect((await checkFolder('DATA_DIR', join(folder, 'a', 'b'))).text).toContain(
      'can be created',
    );
  });

  it('is a fault if there is a file in its place', async () => {
    const path = join(temporaryFolder(), 'data');
    writeFileSync(path, '');
    expect((await checkFolder('DATA_DIR', path)).level).toBe('fault');
    expect((await checkFolder('DATA_DIR', join(path, 'deeper'))).level).toBe('fault');
  });

  // Root may write anywhere.
  it.skipIf(process.getuid?.() === 0)('is a fault if it is not writable', async () => {
    const folder = join(temporaryFolder(), 'closed');
    mkdirSync(folder, { mode: 0o500 });
    expect((await checkFolder('DATA_DIR', folder)).text).toContain('EACCES');
  });
});

it.each([
  [2 * 1024 ** 3, 'ok'],
  [1024 ** 3 - 1, 'warning'],
  [1024 ** 2, 'fault'],
])('rates %i free bytes as %s', (bytes, level) => {
  expect(diskFinding(bytes).level).toBe(level);
});

it('checks the disk of a folder that does not exist yet', async () => {
  expect((await checkDisk(join(temporaryFolder(), 'new'))).text).toMatch(/GiB free$/);
});

function folderWith(text: string, mode = 0o600): string {
  const folder = temporaryFolder();
  const path = join(folder, 'secret.key');
  writeFileSync(path, text);
  chmodSync(path, mode);
  return folder;
}

describe('the key', () => {
  const key = Buffer.alloc(32, 7).toString('base64');
  it.each([
    ['whole', key, 0o600, 'ok'],
    ['readable by others', key, 0o644, 'warning'],
    ['damaged', 'abc', 0o600, 'warning'],
  ])('that is %s', async (_what, text, mode, level) => {
    const finding = await checkKeyFile(folderWith(text, mode), true);
    expect(finding.level).toBe(level);
    expect(JSON.stringify(finding)).not.toContain(key);
  });

  it('may be missing only before the first start', async () => {
    const folder = temporaryFolder();
    expect((await checkKeyFile(folder, false)).level).toBe('ok');
    expect((await checkKeyFile(folder, true)).level).toBe('warning');
  });
});

it('writes a finding as one line, without secrets and terminal controls', () => {
  const name = 'Evil\u001B[2J\nserver hunter2';
  const line = renderFinding(warning('servers', { text: name, advice: 'Do it' }), ['hunter2']);
  expect(line).toBe('warning  servers: Evil [2J server [secret]. Do it.');
});
