import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { decodeSecretKey } from '../config/secret-settings.ts';
import { errorCode } from '../domain/error-code.ts';
import { readTextFile } from '../config/read-text-file.ts';
import { fault, ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';
import { doctorTexts } from './texts.ts';

const { node, folder: folders, disk, key, unknownFault } = doctorTexts;

const OLDEST_NODE = { major: 20, minor: 19 };

/** A video may have 100 MB, and several may be downloading at once. */
const LITTLE_BYTES = 1024 ** 3;
const TOO_LITTLE_BYTES = 128 * 1024 ** 2;

/** `version`: `20.19.4`. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNew =
    major > OLDEST_NODE.major || (major === OLDEST_NODE.major && minor >= OLDEST_NODE.minor);
  if (isNew) return ok(node.about, version);
  return fault(node.about, node.tooOld(version, `${OLDEST_NODE.major}.${OLDEST_NODE.minor}`));
}

/** Checks whether a folder is writable, or if it is missing, the nearest existing parent. */
export async function checkFolder(name: string, folder: string): Promise<Finding> {
  const there = await nearest(resolve(folder));
  const isNew = there !== resolve(folder);
  try {
    if (!(await stat(there)).isDirectory()) return fault(name, folders.noFolder(there));
    await access(there, constants.W_OK | constants.X_OK);
  } catch (cause) {
    return fault(name, folders.notWritable(there, errorCode(cause) ?? unknownFault));
  }
  return ok(name, isNew ? folders.toCreate(folder) : folders.writable(folder));
}

/** Checks the free space for the store and videos, where the folder is or would be. */
export async function checkDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(await nearest(resolve(folder)));
  return diskFinding(bavail * bsize);
}

export function diskFinding(freeBytes: number): Finding {
  const { about, advice } = disk;
  const text = disk.free((freeBytes / 1024 ** 3).toFixed(1));
  if (freeBytes < TOO_LITTLE_BYTES) return fault(about, { text, advice });
  return freeBytes < LITTLE_BYTES ? warning(about, { text, advice }) : ok(about, text);
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
    return fault(key.about, key.unreadable(path, errorCode(cause) ?? unknownFault));
  }
  if (text === undefined) {
    return hasStore ? warning(key.about, key.missing(path)) : ok(key.about, key.none(path));
  }
  if (decodeSecretKey(text.trim()) === undefined) return warning(key.about, key.damaged(path));
  const { mode } = await stat(path);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    return warning(key.about, key.open(path));
  }
  return ok(key.about, key.whole(path));
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
