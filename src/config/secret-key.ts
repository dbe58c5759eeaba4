import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decodeSecretKey } from './parse-secrets.ts';
import { errorCode } from './read-text-file.ts';

const KEY_BYTES = 32;

interface KeySources {
  /** 32 bytes; wins over the file. */
  readonly configured?: Uint8Array;
  readonly dataDir: string;
}

/**
 * The key of the store's sealed fields: the configured one, else the file `secret.key`, which is
 * made where there is none. Throws where that file is no key: overwriting it would lose what it seals.
 */
export async function loadSecretKey({ configured, dataDir }: KeySources): Promise<Uint8Array> {
  if (configured !== undefined) return configured;
  const path = join(dataDir, 'secret.key');
  const existing = await readKey(path);
  if (existing !== undefined) return existing;

  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await createKeyFile(path);
  // Read back, because another start may have been first.
  const created = await readKey(path);
  if (created === undefined) throw new Error(`${path} disappeared while it was made`);
  return created;
}

async function readKey(path: string): Promise<Uint8Array | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const key = decodeSecretKey(text.trim());
  if (key !== undefined) return key;
  throw new Error(
    `${path} is not base64 of ${KEY_BYTES} bytes. Restore it from a backup, or remove it for a new key: prompts and tokens stored so far can then no longer be read.`,
  );
}

/** Whole or not at all, and never over an existing one: a link fails where the name is taken, a rename does not. */
async function createKeyFile(path: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(`${randomBytes(KEY_BYTES).toString('base64')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(draft, path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  await syncFolder(dirname(path));
}

/** Without it the file's name may be gone after a power cut. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
