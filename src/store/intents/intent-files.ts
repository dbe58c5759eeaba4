import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A file that a process wrote to; only the newest one grows. */
const FILE_NAME = /^(?<number>\d{1,15})\.jsonl$/;

/** The folder of a store's intents in `DATA_DIR`. */
export function intentFolder(dataDir: string, storeId: string): string {
  return join(dataDir, 'intents', storeId);
}

export function intentFile(folder: string, number: number): string {
  return join(folder, `${number}.jsonl`);
}

/** The numbers of the files that are there, in order. Rejects if there is no folder. */
export async function intentNumbers(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names
    .flatMap((name) => FILE_NAME.exec(name)?.groups?.['number'] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);
}

/** The lines of the files with these numbers, damaged ones as well. */
export async function allIntentTexts(
  folder: string,
  numbers: readonly number[],
): Promise<string[]> {
  const texts: string[][] = [];
  for (const number of numbers) texts.push(await intentTexts(intentFile(folder, number)));
  return texts.flat();
}

/** The lines of a file, damaged ones as well. */
export async function intentTexts(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8');
  return text.split('\n').filter((line) => line !== '');
}
