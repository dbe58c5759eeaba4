import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { z } from 'zod';

const manifest = z.looseObject({ version: z.string() });

/**
 * Has one copy of undici serve discord.js and its REST. Each has its own, because the bot's is of
 * another version; two of different versions stay two.
 */
export function shareUndici(root: string): Plugin {
  const copyOf = (name: string): string => join(root, 'node_modules', name, 'node_modules/undici');
  const own = copyOf('discord.js');
  const shared = copyOf('@discordjs/rest');
  return {
    name: 'undici',
    setup(build) {
      build.onResolve({ filter: /^undici$/ }, async ({ resolveDir }) => {
        if (!resolveDir.startsWith(join(root, 'node_modules/discord.js'))) return undefined;
        const version = await versionOf(own);
        const isShared = version !== undefined && version === (await versionOf(shared));
        return isShared ? { path: join(shared, 'index.js') } : undefined;
      });
    },
  };
}

/** `undefined` where no package is. */
async function versionOf(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : manifest.parse(JSON.parse(text)).version;
}
