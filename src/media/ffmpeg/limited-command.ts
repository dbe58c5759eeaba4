import { existsSync } from 'node:fs';

/** Part of util-linux, which every Debian has: sets limits of the system, then becomes the command. */
const PRLIMIT = '/usr/bin/prlimit';

/** Address space, of which a clip of 4K needs under half, in bytes. */
const MEMORY_BYTES = 2 * 1024 ** 3;

interface CommandLimits {
  readonly limitMs: number;
  readonly maxOutputBytes: number;
}

/**
 * The command that runs a program under limits of the system, without a shell: memory, the size of a
 * file, processor time (so that it ends even if the bot is killed), no core dump. Where the system
 * has no `prlimit` it is the program itself.
 */
export function limitedCommand(
  program: string,
  args: readonly string[],
  { limitMs, maxOutputBytes }: CommandLimits,
): { readonly command: string; readonly args: readonly string[] } {
  if (!existsSync(PRLIMIT)) return { command: program, args };
  const limits = [
    `--as=${MEMORY_BYTES}`,
    `--fsize=${Math.ceil(maxOutputBytes)}`,
    `--cpu=${Math.ceil(limitMs / 1000) + 1}`,
    '--core=0',
  ];
  return { command: PRLIMIT, args: [...limits, '--', program, ...args] };
}
