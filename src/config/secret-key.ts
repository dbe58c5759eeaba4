import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decodeSecretKey } from './secret-settings.ts';
import { errorCode } from '../domain/error-code.ts';

const KEY_BYTES = 32;

interface KeySources {
  /** 32 bytes; wins over the file. */
  readonly configured?: Uint8Array;
  readonly dataDir: string;
  /** Told where a file that is no key was set aside: what it sealed can no longer be read. */
  readonly onQuarantine: (path: string) => void;
}

/**
 * The key of the store's sealed fields: the configured one, else the file `secret.key`, which is
 * made where there is none. A lost key costs what it sealed, never the start: a file that is no key
 * is set aside, not overwritten, for a person may still mend it.
 */
export async function loadSecretKey(sources: KeySources): Promise<Uint8Array> {
  const { configured, dataDir, onQuarantine } = sources;
  if (configured !== undefined) return configured;
  const path = join(dataDir, 'secret.key');
  const existing = await readKey(path);
  if (existing.kind === 'key') return existing.key;
  if (existing.kind === 'damaged') {
    const aside = `${path}.damaged-${randomBytes(4).toString('hex')}`;
    await rename(path, aside);
    onQuarantine(aside);
  }
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await createKeyFile(path);
  // Read back, because another start may have been first.
  const created = await readKey(path);
  if (created.kind !== 'key') throw new Error(`${path} disappeared while it was made`);
  return created.key;
}

type ReadKey =
  | { readonly kind: 'key'; readonly key: Uint8Array }
  | { readonly kind: 'none' | 'damaged' };

async function readKey(path: string): Promise<ReadKey> {
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
