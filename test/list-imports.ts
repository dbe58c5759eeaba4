import { readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/** What the code in a folder loads, by whichever way, types included. */
export interface Imports {
  /** Absolute paths. */
  readonly files: ReadonlySet<string>;
  /** Names of packages, without those that Node brings. */
  readonly packages: ReadonlySet<string>;
}

/** `from '…'`, `import '…'`, `import('…')`, `import.meta.resolve('…')`, `require('…')`. */
const LOADS =
  /(?:\bfrom |\bimport |\bimport\(|\bimport\.meta\.resolve\(|\brequire\()['"]([^'"$\s]+)['"]/g;

/** Loaded where a thread is started from TypeScript, which nothing that was built does. */
const FROM_SOURCES_ALONE = 'tsx';

/** Reads every `.ts` and `.js` below the folder that `isWanted` by its path in there. */
export function listImports(
  folder: string,
  isWanted: (path: string) => boolean = () => true,
): Imports {
  const files = new Set<string>();
  const packages = new Set<string>();
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const path of all.filter((one) => /(?<!\.d)\.[jt]s$/.test(one) && isWanted(one))) {
    const file = join(folder, path);
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(LOADS)) {
      if (name.startsWith('.')) files.add(resolve(dirname(file), name));
      else if (!isBuiltin(name)) packages.add(packageOf(name));
    }
  }
  packages.delete(FROM_SOURCES_ALONE);
  return { files, packages };
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
