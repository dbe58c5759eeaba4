import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** How to run a command. */
export interface CommandOptions {
  readonly cwd: string;
  /** The complete environment; `undefined` for that of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** `show` writes the output to this terminal; `collect` returns it. */
  readonly output: 'show' | 'collect';
  /** Kills the program when aborted. */
  readonly signal?: AbortSignal;
}

/** The result of a command that ran. */
export interface CommandResult {
  /** The exit code, or the name of the signal that ended it. */
  readonly exit: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program until it exits. Throws if it cannot be started or is aborted. */
export async function runCommand(
  program: string,
  args: readonly string[],
  { cwd, env, output, signal }: CommandOptions,
): Promise<CommandResult> {
  const pipe = output === 'show' ? 'inherit' : 'pipe';
  const child = spawn(program, [...args], { cwd, env, signal, stdio: ['ignore', pipe, pipe] });
  const closed: Promise<unknown[]> = once(child, 'close');
  const [[code, endSignal], stdout, stderr] = await Promise.all([
    closed,
    child.stdout === null ? '' : text(child.stdout),
    child.stderr === null ? '' : text(child.stderr),
  ]);
  return { exit: typeof code === 'number' ? code : String(endSignal), stdout, stderr };
}
