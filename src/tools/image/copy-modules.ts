import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { packageName } from '../lock/lock-file.ts';
import type { LockFile } from '../lock/lock-file.ts';
import { INSTALL_ONLY } from './install-only.ts';
import { listRuntimePackages } from './runtime-packages.ts';

/**
 * Copies what the running bot needs of the packages installed in one folder to another one. Throws
 * where one is missing that is not for another platform.
 */
export async function copyModules(lock: LockFile, from: string, to: string): Promise<void> {
  for (const path of listRuntimePackages(lock)) {
    const entry = lock.packages[path];
    const source = join(from, path);
    if (entry === undefined || (entry['optional'] === true && !existsSync(source))) continue;
    // Packages inside it have a line of their own.
    const left = ['node_modules', ...(INSTALL_ONLY[packageName(path, entry)]?.files ?? [])];
    await cp(source, join(to, path), {
      recursive: true,
      filter: (file) => !left.includes(relative(source, file)),
    });
  }
}
