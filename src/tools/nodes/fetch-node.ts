import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../run-command.ts';

/** Returns the npm package with Node's binary for a platform. It has no install script. */
export function nodePackage(platform: string, arch: string): string {
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

/** Installs this version of Node into an empty folder and returns the folder of its binary. Throws if npm fails. */
export async function fetchNode(version: string, folder: string): Promise<string> {
  const name = nodePackage(process.platform, process.arch);
  // Makes npm install here and not in a parent folder.
  await writeFile(join(folder, 'package.json'), '{}');
  const { exit, stderr } = await runCommand(
    'npm',
    ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${version}`],
    { cwd: folder, output: 'collect' },
  );
  if (exit !== 0) throw new Error(`Node ${version} could not be installed:\n${stderr}`);
  return join(folder, 'node_modules', name, 'bin');
}
