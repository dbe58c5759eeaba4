import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { keepNewest } from './keep-newest.ts';
import { projectRoot } from './project-root.ts';

export interface BotProcess {
  readonly pid: number | undefined;
  /** The log lines so far. */
  readonly lines: readonly string[];
  /** What it wrote to standard error. */
  readonly errors: readonly string[];
  /** Resolves with the first line, past or to come, that satisfies the predicate; rejects at the exit. */
  line(predicate: (line: string) => boolean): Promise<string>;
  /** Resolves with the exit code, or the signal's name where it was killed. */
  readonly exited: Promise<number | string>;
  kill(signal: NodeJS.Signals): void;
}

export interface BotProcessOptions {
  /** The whole environment but for PATH: nothing of ours leaks into the bot. */
  readonly env: Readonly<Record<string, string>>;
  /** Working directory: `.env` and `prices.json` are looked for there. */
  readonly cwd: string;
  /** What Node is given: a program of the build and its arguments. Absent: the bot as people run it. */
  readonly program?: readonly string[];
  /** How many lines of each kind are remembered. Default: all of them. */
  readonly keepLines?: number | undefined;
  /** Hears every line of the log as it comes. */
  readonly onLine?: ((line: string) => void) | undefined;
}

/** Starts the built bot as `npm start` does: the same file, under plain Node, in a process of its own. */
export function startBotProcess(options: BotProcessOptions): BotProcess {
  const { env, cwd, program, keepLines = Infinity } = options;
  const main = join(projectRoot(), 'dist', 'src', 'main.js');
  const child = spawn(process.execPath, ['--enable-source-maps', ...(program ?? [main])], {
    cwd,
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const errors: string[] = [];
  const listeners = new Set<() => void>();
  let hasEnded = false;
  const notify = (): void => {
    for (const listener of listeners) listener();
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    keepNewest(lines, keepLines);
    options.onLine?.(line);
    notify();
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    errors.push(line);
    keepNewest(errors, keepLines);
  });
  const exited = once(child, 'close').then(([code, signal]: unknown[]) => {
    hasEnded = true;
    notify();
    if (typeof code === 'number') return code;
    return typeof signal === 'string' ? signal : 'unknown';
  });

  return {
    pid: child.pid,
    lines,
    errors,
    exited,
    line: async (predicate) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = lines.find(predicate);
          if (found === undefined && !hasEnded) return;
          listeners.delete(look);
          if (found !== undefined) resolve(found);
          else reject(new Error(`the bot ended:\n${[...lines.slice(-20), ...errors].join('\n')}`));
        };
        listeners.add(look);
        look();
      }),
    kill(signal) {
      child.kill(signal);
    },
  };
}
