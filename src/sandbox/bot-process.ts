import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { keepNewest } from '../simulators/discord/keep-newest.ts';
import { projectRoot } from './project-root.ts';

/** A running process of the built bot. */
export interface BotProcess {
  readonly pid: number | undefined;
  /** The log lines so far. */
  readonly lines: readonly string[];
  /** The lines on standard error. */
  readonly errors: readonly string[];
  /** Resolves with the first past or future line that matches; rejects when the process exits. */
  waitForLine(predicate: (line: string) => boolean): Promise<string>;
  /** Resolves with the exit code, or with the signal's name if the process was killed. */
  readonly exited: Promise<number | string>;
  kill(signal: NodeJS.Signals): void;
}

/** How to start the bot. */
export interface BotProcessOptions {
  /** The complete environment; nothing of this process's environment is passed on. */
  readonly env: Readonly<Record<string, string>>;
  /** The working directory, from which the bot reads `.env` and `prices.json`. */
  readonly cwd: string;
  /** A built program and its arguments; `undefined` runs `dist/src/main.js`. */
  readonly program?: readonly string[];
  /** How many lines of each stream to keep. Default: all. */
  readonly keepLines?: number | undefined;
  /** Called with each log line. */
  readonly onLine?: ((line: string) => void) | undefined;
}

/** Starts the built bot in a child process, with the same file and Node options as `npm start`. */
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
    waitForLine: async (predicate) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          const found = lines.find(predicate);
          if (found === undefined && !hasEnded) return;
          listeners.delete(check);
          if (found !== undefined) resolve(found);
          else reject(new Error(`the bot ended:\n${[...lines.slice(-20), ...errors].join('\n')}`));
        };
        listeners.add(check);
        check();
      }),
    kill(signal) {
      child.kill(signal);
    },
  };
}
