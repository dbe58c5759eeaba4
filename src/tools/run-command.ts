import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface CommandOptions {
  readonly cwd: string;
  /** The whole environment. Absent: this process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** `show` lets it write to this terminal; `collect` gives its output back. */
  readonly output: 'show' | 'collect';
  /** Kills it. */
  readonly signal?: AbortSignal;
}

export interface CommandEnd {
  /** The exit code, or the name of the signal that ended it. */
  readonly end: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. Throws where it cannot be started at all or is aborted. */
export async function runCommand(
  program: string,
  args: readonly string[],
  { cwd, env, output, signal }: CommandOptions,
): Promise<CommandEnd> {
  const pipe = output === 'show' ? 'inherit' : 'pipe';
  const child = spawn(program, [...args], { cwd, env, signal, stdio: ['ignore', pipe, pipe] });
  const closed: Promise<unknown[]> = once(child, 'close');
  const [[code, endSignal], stdout, stderr] = await Promise.all([
    closed,
    child.stdout === null ? '' : text(child.stdout),
    child.stderr === null ? '' : text(child.stderr),
  ]);
  return { end: typeof code === 'number' ? code : String(endSignal), stdout, stderr };
}
