import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../sandbox/project-root.ts';

/** A process that is measured from outside, by Linux's `/proc`. */
export interface BenchProcess {
  /** The processor time of all its threads so far, in milliseconds. */
  cpuMs(): number;
  /** The current resident memory, in bytes. */
  memory(): number;
  /** The most resident memory since `resetPeak`, in bytes. */
  peakMemory(): number;
  resetPeak(): void;
  /** Rejects with its last output when it ends unexpectedly; unhandled, that ends the benchmark. */
  readonly failed: Promise<never>;
  stop(): Promise<void>;
}

export interface BenchProcessOptions {
  /** The path below `dist/src`: `main.js`, `trials/bench/bare/log-in.js`. */
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
  /** Its working directory; its output goes to a file there. */
  readonly folder: string;
}

/** Starts a built file under plain Node, with its output in a file, as under a supervisor. */
export function startBenchProcess({ file, env, folder }: BenchProcessOptions): BenchProcess {
  const outputPath = join(folder, 'output.log');
  const output = openSync(outputPath, 'a');
  const child = spawn(process.execPath, [join(projectRoot(), 'dist', 'src', file)], {
    cwd: folder,
    env: { ...env },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const exited = once(child, 'exit');
  let isStopping = false;
  const failed = exited.then(async ([code]: unknown[]): Promise<never> => {
    if (isStopping) return new Promise(() => undefined);
    const last = readFileSync(outputPath, 'utf8').slice(-2000);
    throw new Error(`${file} ended with ${String(code)}:\n${last}`);
  });
  // The process does not outlive the benchmark, however that ends.
  const killAtExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const proc = (name: string): string => `/proc/${child.pid}/${name}`;
  return {
    cpuMs() {
      const threads = readdirSync(proc('task'));
      const times = threads.map((id) => readFileSync(proc(`task/${id}/schedstat`), 'utf8'));
      return times.reduce((sum, line) => sum + Number(line.split(' ')[0]) / 1e6, 0);
    },
    memory: () => statusBytes(proc('status'), 'VmRSS'),
    peakMemory: () => statusBytes(proc('status'), 'VmHWM'),
    resetPeak() {
      writeFileSync(proc('clear_refs'), '5');
    },
    failed,
    async stop() {
      isStopping = true;
      child.kill('SIGKILL');
      await exited;
      process.off('exit', killAtExit);
    },
  };
}

function statusBytes(path: string, field: string): number {
  const line = readFileSync(path, 'utf8')
    .split('\n')
    .find((text) => text.startsWith(`${field}:`));
  return Number(line?.match(/\d+/)?.[0]) * 1024;
}
