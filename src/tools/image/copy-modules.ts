import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { packageName } from '../lock/lock-file.ts';
import type { LockFile } from '../lock/lock-file.ts';
import { UNNEEDED } from './unneeded.ts';
import { listRuntimePackages } from './runtime-packages.ts';

/**
 * Copies the packages that the running bot needs from one folder to another. Throws if a package is
 * missing, unless it is for another platform.
 */
export async function copyModules(lock: LockFile, from: string, to: string): Promise<void> {
  for (const path of listRuntimePackages(lock)) {
    const entry = lock.packages[path];
    const source = join(from, path);
    if (entry === undefined || (entry['optional'] === true && !existsSync(source))) continue;
    // Nested packages have their own entries in the lock.
    const unneeded = UNNEEDED[packageName(path, entry)]?.files;
    await cp(source, join(to, path), {
      recursive: true,
      filter(file) {
        const inside = relative(source, file);
        return inside !== 'node_modules' && unneeded?.test(inside) !== true;
      },
    });
  }
}
