import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { applyPatch } from './apply-patch.ts';
import type { Patch } from './apply-patch.ts';

/** How the sources load CommonJS; in a bundle, `require` is esbuild's own, which puts it in there. */
const OWN_REQUIRE = /^const require = createRequire\(import\.meta\.url\);$/m;

/** A source map that knows no line: the bundle's map then knows the bot's own code alone. */
const NO_MAP = Buffer.from('{"version":3,"sources":[""],"mappings":"AAAA"}').toString('base64');

/** Reads the files of a bundle: the bot's own, one of them patched, and those of its packages. */
export function readSources(root: string, patch?: Patch): Plugin {
  return {
    name: 'sources',
    setup(build) {
      build.onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        const map = `//# sourceMappingURL=data:application/json;base64,${NO_MAP}`;
        return { contents: `${text}\n${map}`, loader: 'js' };
      });
      build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        const isPatched = patch !== undefined && path === join(root, 'src', patch.file);
        const contents = (isPatched ? applyPatch(text, patch) : text).replace(OWN_REQUIRE, '');
        return { contents, loader: 'ts' };
      });
    },
  };
}
