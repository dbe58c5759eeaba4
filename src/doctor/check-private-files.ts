import { stat } from 'node:fs/promises';
import { ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';

const ABOUT = 'private files';

/** Whether files with secrets or people's data are their owner's alone; those that are not there do not count. */
export async function checkPrivateFiles(paths: readonly string[]): Promise<Finding> {
  // There the mode says nothing.
  if (process.platform === 'win32') return ok(ABOUT, 'are not looked at on Windows');
  const open: string[] = [];
  for (const path of paths) {
    if (await isOpenToOthers(path)) open.push(path);
  }
  if (open.length === 0) return ok(ABOUT, 'can be read by nobody but their owner');
  const names = open.join(', ');
  return warning(ABOUT, `${names} can be read by others`, `Run: chmod go= ${open.join(' ')}`);
}

async function isOpenToOthers(path: string): Promise<boolean> {
  try {
    return ((await stat(path)).mode & 0o077) !== 0;
  } catch {
    // Not there, or in a folder that is closed even to us.
    return false;
  }
}
