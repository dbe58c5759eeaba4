import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../../domain/error-code.ts';
import { syncFolder } from '../sync-folder.ts';
import { allIntentTexts, intentFile, intentNumbers } from './intent-files.ts';
import { openLines } from './open-lines.ts';
import type { OpenLine } from './open-lines.ts';

/** The intents in the folder of a stopped store that were not closed; none if it has no folder. */
export async function readOpenLines(folder: string): Promise<readonly OpenLine[]> {
  return openLines(await allIntentTexts(folder, await numbersIn(folder))).lines;
}

/**
 * Adds a file of lines to a folder, which is made if it is missing. It is there whole or not at all, and
 * on the disk when this resolves. What is there already is left as it is: a line that is there twice is
 * read once, and one of long ago is of no use to any start.
 */
export async function addLines(folder: string, lines: readonly OpenLine[]): Promise<void> {
  if (lines.length === 0) return;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const number = ((await numbersIn(folder)).at(-1) ?? 0) + 1;
  const path = intentFile(folder, number);
  const part = `${path}.part`;
  const file = await open(part, 'w', 0o600);
  try {
    await file.writeFile(lines.map(({ text }) => `${text}\n`).join(''));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
  // The names of the folders may be as new as the file's.
  for (const holder of [folder, dirname(folder), dirname(dirname(folder))]) {
    await syncFolder(holder);
  }
}

async function numbersIn(folder: string): Promise<number[]> {
  try {
    return await intentNumbers(folder);
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return [];
    throw cause;
  }
}
