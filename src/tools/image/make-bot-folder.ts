import { copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { buildBot } from '../build/build-bot.ts';
import { OUTSIDE } from '../build/outside.ts';
import { parseLock } from '../lock/lock-file.ts';
import type { LockFile } from '../lock/lock-file.ts';
import { renderBotManifest } from './bot-manifest.ts';
import { copyModules } from './copy-modules.ts';

/**
 * Creates a folder with only what the running bot needs: its bundle, the packages outside of it,
 * manifest and licence.
 * Throws if the folder is not empty, because its content would stay.
 */
export async function makeBotFolder(cwd: string, to: string): Promise<void> {
  const folder = resolve(cwd, to);
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new Error(`${folder} is not empty`);
  await buildBot(cwd, join(folder, 'dist'));
  await copyFile(join(cwd, 'LICENSE'), join(folder, 'LICENSE'));
  const lock = parseLock(await readFile(join(cwd, 'package-lock.json'), 'utf8'));
  const dependencies = dependenciesOf(lock);
  const manifest = await readFile(join(cwd, 'package.json'), 'utf8');
  await writeFile(join(folder, 'package.json'), renderBotManifest(manifest, dependencies));
  lock.packages[''] = { dependencies };
  await copyModules(lock, cwd, folder);
}

/** The packages outside of the bundle, with their installed versions. */
function dependenciesOf({ packages }: LockFile): Record<string, string> {
  return Object.fromEntries(
    OUTSIDE.map((name) => [name, packages[`node_modules/${name}`]?.version ?? '*']),
  );
}
