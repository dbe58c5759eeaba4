import { stat } from 'node:fs/promises';
import { ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';
import { doctorTexts } from './texts.ts';

const texts = doctorTexts.files;

/**
 * Checks whether files with secrets or personal data are readable only by their owner. Missing
 * files are skipped.
 */
export async function checkPrivateFiles(paths: readonly string[]): Promise<Finding> {
  // File modes have no meaning there.
  if (process.platform === 'win32') return ok(texts.about, texts.unchecked);
  const open: string[] = [];
  for (const path of paths) {
    if (await isOpenToOthers(path)) open.push(path);
  }
  if (open.length === 0) return ok(texts.about, texts.closed);
  return warning(texts.about, texts.open(open.join(', '), open.join(' ')));
}

async function isOpenToOthers(path: string): Promise<boolean> {
  try {
    return ((await stat(path)).mode & 0o077) !== 0;
  } catch {
    // Missing, or in a folder that even this user cannot read.
    return false;
  }
}
