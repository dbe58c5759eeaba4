import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseLock } from '../lock/lock-file.ts';
import { copyModules } from './copy-modules.ts';

const USAGE =
  'npm run image:modules -- FOLDER: copies the packages that the bot runs with to FOLDER';

async function main(cwd: string, given: readonly string[]): Promise<number> {
  const [folder] = given;
  if (folder === undefined || folder.startsWith('-') || given.length > 1) {
    process.stderr.write(`${USAGE}\n`);
    return 1;
  }
  const lock = parseLock(await readFile(join(cwd, 'package-lock.json'), 'utf8'));
  await copyModules(lock, cwd, folder);
  return 0;
}

process.exitCode = await main(process.cwd(), process.argv.slice(2));
