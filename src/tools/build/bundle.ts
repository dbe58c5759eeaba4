import { join } from 'node:path';
import { build } from 'esbuild';
import type { BuildResult } from 'esbuild';
import { OPTIONAL, OUTSIDE } from './outside.ts';
import { readSources } from './read-sources.ts';
import type { Patch } from './apply-patch.ts';
import { PACKAGES, packagesEntry } from './packages-entry.ts';
import { shareUndici } from './share-undici.ts';

/** What is put together. */
export interface BundleOptions {
  /** The folder of package.json. */
  readonly root: string;
  /** Programs, by their path below `src` without the ending. */
  readonly programs: readonly string[];
  readonly patch?: Patch;
}

/** Files that were made but not written, and what is in them. */
export type Bundle = BuildResult<{ write: false; metafile: true }>;

/** What the bot loads only when it is first used, beside what all programs share. */
const CHUNKS = 'src/chunks';

/** Packages in CommonJS load Node's own modules by `require`, which a module does not have. */
const REQUIRE = `import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);`;

/**
 * Bundles programs with all their packages but those outside: one file is read where a start would
 * read a thousand. What is loaded by `import()` stays in files of its own.
 */
export async function bundle({ root, programs, patch }: BundleOptions): Promise<Bundle> {
  const entries = programs.map((path) => ({ in: `src/${path}.ts`, out: `src/${path}` }));
  // Beside the chunk that starts this thread.
  const thread = { in: 'src/chart/chart-thread.ts', out: `${CHUNKS}/chart-thread` };
  const packages = { in: PACKAGES, out: `${CHUNKS}/packages` };
  return build({
    absWorkingDir: root,
    entryPoints: [...entries, thread, packages],
    // Nothing is written here; the source maps are as if it were.
    outdir: 'dist',
    chunkNames: `${CHUNKS}/[name]-[hash]`,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: [...OUTSIDE, ...OPTIONAL],
    banner: { js: REQUIRE },
    plugins: [packagesEntry(root), shareUndici(root), readSources(root, patch)],
    sourcemap: true,
    sourcesContent: false,
    // discord.js finds some of its own classes by their names.
    keepNames: true,
    legalComments: 'none',
    logLevel: 'error',
    metafile: true,
    write: false,
    nodePaths: [join(root, 'node_modules')],
  });
}
