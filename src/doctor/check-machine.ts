import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { decodeSecretKey } from '../config/secret-settings.ts';
import { errorCode } from '../domain/error-code.ts';
import { readTextFile } from '../config/read-text-file.ts';
import { fault, ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';

const OLDEST_NODE = { major: 20, minor: 19 };

/** A video may have 100 MB, and several may be downloading at once. */
const LITTLE_BYTES = 1024 ** 3;
const TOO_LITTLE_BYTES = 128 * 1024 ** 2;

/** `version`: `20.19.4`. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNew =
    major > OLDEST_NODE.major || (major === OLDEST_NODE.major && minor >= OLDEST_NODE.minor);
  if (isNew) return ok('Node', version);
  return fault(
    'Node',
    `${version} is too old`,
    `Install ${OLDEST_NODE.major}.${OLDEST_NODE.minor} or later, best the current LTS`,
  );
}

/** Checks whether a folder is writable, or if it is missing, the nearest existing parent. */
export async function checkFolder(name: string, folder: string): Promise<Finding> {
  const there = await nearest(resolve(folder));
  const isNew = there !== resolve(folder);
  try {
    if (!(await stat(there)).isDirectory()) {
      return fault(name, `${there} is not a folder`, 'Use another path, or move that file away');
    }
    await access(there, constants.W_OK | constants.X_OK);
  } catch (cause) {
    return fault(
      name,
      `${there} is not writable (${errorCode(cause) ?? 'unknown fault'})`,
      'Give the bot’s user write access',
    );
  }
  return ok(
    name,
    isNew ? `${folder} does not exist yet and can be created` : `${folder} is writable`,
  );
}

/** Checks the free space for the store and videos, where the folder is or would be. */
export async function checkDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(await nearest(resolve(folder)));
  return diskFinding(bavail * bsize);
}

export function diskFinding(freeBytes: number): Finding {
  const text = `${(freeBytes / 1024 ** 3).toFixed(1)} GiB free`;
  const advice = 'Free some space: a full disk stops new videos';
  if (freeBytes < TOO_LITTLE_BYTES) return fault('disk', text, advice);
  return freeBytes < LITTLE_BYTES ? warning('disk', text, advice) : ok('disk', text);
}

/**
 * Checks the key file that encrypts prompts and tokens, if SECRET_KEY is not set. Does not create
 * it.
 */
export async function checkKeyFile(dataDir: string, hasStore: boolean): Promise<Finding> {
  const path = join(dataDir, 'secret.key');
  let text: string | undefined;
  try {
    text = readTextFile(path);
  } catch (cause) {
    const code = errorCode(cause) ?? 'unknown fault';
    return fault('key', `${path} cannot be read (${code})`, 'Make it readable by the bot’s user');
  }
  if (text === undefined) {
    if (!hasStore) return ok('key', `none yet; the first start creates ${path}`);
    return warning(
      'key',
      `${path} is missing although there is a database`,
      'Restore it: without it prompts and tokens stored so far cannot be read',
    );
  }
  if (decodeSecretKey(text.trim()) === undefined) {
    return warning(
      'key',
      `${path} is not base64 of 32 bytes: the next start quarantines it`,
      'Restore it: without it prompts and tokens stored so far cannot be read',
    );
  }
  const { mode } = await stat(path);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    return warning('key', `${path} can be read by others`, `Run: chmod 600 ${path}`);
  }
  return ok('key', `${path} is there; keep a copy of it apart from the backups`);
}

async function nearest(folder: string): Promise<string> {
  try {
    await stat(folder);
    return folder;
  } catch {
    const above = dirname(folder);
    return above === folder ? folder : nearest(above);
  }
}
