import { copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseLock } from '../lock/lock-file.ts';
import { runCommand } from '../run-command.ts';
import { renderBotManifest } from './bot-manifest.ts';
import { copyModules } from './copy-modules.ts';

/**
 * Creates a folder with only what the running bot needs: its code, packages, manifest and licence.
 * Throws if the folder is not empty, because its content would stay.
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

/** Builds without the incremental build file: the folder is built only once. */
async function build(cwd: string, outDir: string): Promise<void> {
  const options = ['--outDir', outDir, '--incremental', 'false', '--tsBuildInfoFile', 'null'];
  const { exit } = await runCommand('npm', ['run', '--silent', 'build', '--', ...options], {
    cwd,
    output: 'show',
  });
  if (exit !== 0) throw new Error(`the build ended with ${exit}`);
}
