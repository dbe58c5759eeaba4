import type { Plugin } from 'esbuild';

export const PACKAGES = 'packages of every start';

/** What every start loads in CommonJS. */
const CODE = `import 'keyv';
import 'pino';
import 'zod';
require('ws');
require('discord.js');
require('undici');`;

/**
 * An entry that has nothing but packages: what it shares with the programs is then in files of its
 * own, without the bot's code and without a source map, which Node would read at each start.
 */
export function packagesEntry(root: string): Plugin {
  return {
    name: 'packages',
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${PACKAGES}$`) }, () => ({
        path: PACKAGES,
        namespace: 'packages',
      }));
      build.onLoad({ filter: /.*/, namespace: 'packages' }, () => ({
        contents: CODE,
        resolveDir: root,
      }));
    },
  };
}
