import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addMissing } from './add-missing.ts';
import { completeLock } from './complete-lock.ts';
import { findLockFaults } from './lock-faults.ts';
import { parseLock, renderLock } from './lock-file.ts';
import { findMissingPackages } from './missing-packages.ts';
import { createNpmRegistry } from './npm-registry.ts';

const USAGE =
  'npm run lock:complete [-- --check]: mends package-lock.json after npm install, so that npm ci takes it on every platform; --check only looks, without a network';

async function main(cwd: string, given: readonly string[]): Promise<number> {
  const [option] = given;
  if (given.length > 1 || (option !== undefined && option !== '--check')) {
    process.stderr.write(`${USAGE}\n`);
    return 1;
  }
  const path = join(cwd, 'package-lock.json');
  const read = async () => parseLock(await readFile(path, 'utf8'));
  let lock = await read();
  if (option === undefined) {
    if (findMissingPackages(lock).length > 0) {
      await addMissing(cwd);
      lock = await read();
    }
    const changes = await completeLock(lock, createNpmRegistry(cwd));
    if (changes.length > 0) await writeFile(path, renderLock(lock));
    for (const line of changes) process.stdout.write(`${line}\n`);
  }
  const faults = findLockFaults(lock);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.stdout.write(faults.length === 0 ? 'The lock is complete.\n' : '');
  return faults.length === 0 ? 0 : 1;
}

process.exitCode = await main(process.cwd(), process.argv.slice(2));
