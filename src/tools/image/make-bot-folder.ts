import { copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseLock } from '../lock/lock-file.ts';
import { runCommand } from '../run-command.ts';
import { renderBotManifest } from './bot-manifest.ts';
import { copyModules } from './copy-modules.ts';

/**
 * Makes a folder that runs as the bot and has nothing else in it: its code, its packages, its
 * manifest, the licence. Throws where the folder has something in it already, for that would stay.
 */
export async function makeBotFolder(cwd: string, to: string): Promise<void> {
  const folder = resolve(cwd, to);
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new Error(`${folder} is not empty`);
  await build(cwd, join(folder, 'dist'));
  const manifest = await readFile(join(cwd, 'package.json'), 'utf8');
  await writeFile(join(folder, 'package.json'), renderBotManifest(manifest));
  await copyFile(join(cwd, 'LICENSE'), join(folder, 'LICENSE'));
  const lock = parseLock(await readFile(join(cwd, 'package-lock.json'), 'utf8'));
  await copyModules(lock, cwd, folder);
}

/** Without the file that makes later builds quicker: there is no later one. */
async function build(cwd: string, outDir: string): Promise<void> {
  const options = ['--outDir', outDir, '--incremental', 'false', '--tsBuildInfoFile', 'null'];
  const { end } = await runCommand('npm', ['run', '--silent', 'build', '--', ...options], {
    cwd,
    output: 'show',
  });
  if (end !== 0) throw new Error(`the build ended with ${end}`);
}
