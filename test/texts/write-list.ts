import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { REVIEWED_LIST, renderReviewedList } from './reviewed-list.ts';

/** Writes the list of reviewed texts anew; its diff is what a reviewer reads. */
async function main(cwd: string): Promise<void> {
  const path = join(cwd, REVIEWED_LIST);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, renderReviewedList());
}

await main(process.cwd());
