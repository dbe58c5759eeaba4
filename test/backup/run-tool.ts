import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { projectRoot } from '../../src/sandbox/project-root.ts';

export interface ToolRun {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

export interface ToolPlace {
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The folder for `.env`, `prices.json` and relative paths. */
  readonly cwd: string;
}

/** Runs a built tool in its own process, as its npm script does. */
export async function runTool(
  tool: 'doctor' | 'backup' | 'holds' | 'move',
  { env, cwd }: ToolPlace,
  ...given: readonly string[]
): Promise<ToolRun> {
  const main = join(projectRoot(), 'dist', 'src', tool, 'main.js');
  const child = spawn(process.execPath, ['--enable-source-maps', main, ...given], {
    cwd,
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close');
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await closed;
  return { code: child.exitCode, out, errors };
}
