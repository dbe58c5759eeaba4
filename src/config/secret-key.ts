import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decodeSecretKey } from './secret-settings.ts';
import { errorCode } from '../domain/error-code.ts';

const KEY_BYTES = 32;

interface KeySources {
  /** 32 bytes; takes precedence over the file. */
  readonly configured?: Uint8Array;
  readonly dataDir: string;
  /** Called with the new path of a damaged key file: fields sealed with it can no longer be read. */
  readonly onQuarantine: (path: string) => void;
}

/**
 * Loads the key of the store's sealed fields: the configured one, or else that of the file
 * `secret.key`, which is created if missing. A damaged file does not prevent the start. It is
 * renamed, not overwritten, so that the operator can still repair it.
 */
export async function loadSecretKey(sources: KeySources): Promise<Uint8Array> {
  const { configured, dataDir, onQuarantine } = sources;
  if (configured !== undefined) return configured;
  const path = join(dataDir, 'secret.key');
  const existing = await readKey(path);
  if (existing.kind === 'key') return existing.key;
  if (existing.kind === 'damaged') {
    const quarantinePath = `${path}.damaged-${randomBytes(4).toString('hex')}`;
    await rename(path, quarantinePath);
    onQuarantine(quarantinePath);
  }
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await createKeyFile(path);
  // Reads the file, because another process may have created it first.
  const created = await readKey(path);
  if (created.kind !== 'key') throw new Error(`${path} disappeared while it was made`);
  return created.key;
}

type KeyFile =
  | { readonly kind: 'key'; readonly key: Uint8Array }
  | { readonly kind: 'none' | 'damaged' };

async function readKey(path: string): Promise<KeyFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { kind: 'none' };
    throw error;
  }
  const key = decodeSecretKey(text.trim());
  return key === undefined ? { kind: 'damaged' } : { kind: 'key', key };
}

/** Creates the file atomically and never overwrites one: unlike a rename, a link fails if the name is taken. */
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

/** Makes the file's name survive a power cut. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
