import { join } from 'node:path';
import type { RecordReader } from '../app/ports/record-store-port.ts';
import { readTextFile } from '../config/read-text-file.ts';
import { decodeSecretKey } from '../config/secret-settings.ts';
import { fitsStore } from '../store/moving/fitting-key.ts';

/** The key of a store, and what the operator should know of it. */
export type FoundKey =
  /** That of `SECRET_KEY`; `fits` is `undefined` where nothing in the store tells. */
  | { readonly from: 'setting'; readonly key: Uint8Array; readonly fits: boolean | undefined }
  | { readonly from: 'file'; readonly key: Uint8Array; readonly path: string }
  /** `SECRET_KEY` is set to another key than the one in the file, which is the store's. */
  | { readonly from: 'wrong-setting'; readonly path: string }
  | { readonly from: 'nowhere'; readonly path: string };

/** Finds the key that a store was written with. Never makes one. */
export async function findKey(
  records: RecordReader,
  { secretKey, dataDir }: { readonly secretKey: Uint8Array | undefined; readonly dataDir: string },
): Promise<FoundKey> {
  const path = join(dataDir, 'secret.key');
  const inFile = decodeSecretKey(readTextFile(path)?.trim() ?? '');
  if (secretKey !== undefined) {
    const fits = await fitsStore(records, secretKey);
    const isOther = fits === false && inFile !== undefined && (await fitsStore(records, inFile));
    return isOther === true
      ? { from: 'wrong-setting', path }
      : { from: 'setting', key: secretKey, fits };
  }
  return inFile === undefined ? { from: 'nowhere', path } : { from: 'file', key: inFile, path };
}
