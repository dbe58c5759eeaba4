import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { claimMediaFolder, readFolderMark, readMediaMark } from '../../src/store/media-mark.ts';
import { memoryRecords } from '../fakes/memory-records.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

const MARK = 'folder.mark';

let records: ReturnType<typeof memoryRecords>;
let root: string;
beforeEach(() => {
  records = memoryRecords();
  root = temporaryFolder();
});

const claim = async (name: string, more: { isOn?: boolean; hasCompany?: boolean } = {}) =>
  claimMediaFolder(records, { folder: join(root, name), isOn: true, hasCompany: false, ...more });
const marks = async (name: string) => [
  await readMediaMark(records),
  await readFolderMark(join(root, name)),
];

it('is marked by the first process, for its owner alone, and known by the next ones', async () => {
  expect(await claim('a')).toBe('same');
  const [known, found] = await marks('a');
  expect(known).toBeDefined();
  expect(found).toBe(known);
  expect(readdirSync(join(root, 'a'))).toEqual([MARK]);
  expect(statSync(join(root, 'a', MARK)).mode % 0o1000).toBe(0o600);
  expect(await claim('a', { hasCompany: true })).toBe('same');
  expect(await marks('a')).toEqual([known, known]);
});

it.each([
  ['has no mark', ''],
  ['has another mark', '4f3bc0a6-43ef-4a07-9bd5-f2f7e8f7c7f0\n'],
  ['has a damaged mark', 'nonsense'],
])(
  'is another one beside a process that lives, and is left alone: one that %s',
  async (_what, text) => {
    await claim('a');
    const before = await readMediaMark(records);
    const path = join(root, 'b', MARK);
    if (text !== '') {
      mkdirSync(join(root, 'b'));
      writeFileSync(path, text);
    }
    expect(await claim('b', { hasCompany: true })).toBe('other');
    expect(await readMediaMark(records)).toBe(before);
    expect(existsSync(path) ? readFileSync(path, 'utf8') : '').toBe(text);
  },
);

it('is moved on purpose by a process that is alone, and the former one is another then', async () => {
  await claim('a');
  const former = await readMediaMark(records);
  expect(await claim('b')).toBe('replaced');
  const [known, found] = await marks('b');
  expect(found).toBe(known);
  expect(known).not.toBe(former);
  expect(await claim('a', { hasCompany: true })).toBe('other');
  expect(await claim('b', { hasCompany: true })).toBe('same');
});

it('goes on after a start that was cut off between the file and the record', async () => {
  await claim('a');
  const made = await readFolderMark(join(root, 'a'));
  await records.remove(['meta:media-mark']);
  expect(await claim('a', { hasCompany: true })).toBe('same');
  expect(await marks('a')).toEqual([made, made]);
});

it('is of no account where nothing is kept, and forgotten by who is alone', async () => {
  await claim('a');
  expect(await claim('b', { isOn: false, hasCompany: true })).toBe('same');
  expect(await readMediaMark(records)).toBeDefined();
  expect(await claim('b', { isOn: false })).toBe('same');
  expect(await readMediaMark(records)).toBeUndefined();
  expect(readdirSync(root)).toEqual(['a']);
  // So one that keeps media again may bring a folder of its own, beside those that keep none.
  expect(await claim('b', { hasCompany: true })).toBe('same');
});

it('cannot be claimed where it is a file', async () => {
  writeFileSync(join(root, 'a'), '');
  await expect(claim('a')).rejects.toThrow('ENOTDIR');
  expect(await readMediaMark(records)).toBeUndefined();
});
