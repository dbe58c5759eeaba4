import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../run-command.ts';

/** The package that `node` of the registry installs for a machine; it runs no code at its installation. */
export function nodePackage(platform: string, arch: string): string {
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

/** Installs Node of this version into an empty folder and returns the folder of its program. Throws where npm fails. */
export async function fetchNode(version: string, folder: string): Promise<string> {
  const name = nodePackage(process.platform, process.arch);
  // So that npm takes this folder and none above it.
  await writeFile(join(folder, 'package.json'), '{}');
  const { end, stderr } = await runCommand(
    'npm',
    ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${version}`],
    { cwd: folder, output: 'collect' },
  );
  if (end !== 0) throw new Error(`Node ${version} cannot be had:\n${stderr}`);
  return join(folder, 'node_modules', name, 'bin');
}
