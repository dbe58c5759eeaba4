import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { boundedSignal } from '../../app/bounded-signal.ts';
import { errorCode } from '../../domain/error-code.ts';
import { limitedCommand } from './limited-command.ts';

/** Where the program is, and the `PATH` in which a bare name is looked up. */
export interface FfmpegProgram {
  readonly path: string;
  readonly searchPath: string | undefined;
}

/** One run of the program. */
export interface FfmpegRun {
  readonly args: readonly string[];
  readonly limitMs: number;
  /** The largest file it may write, where the system can limit that. */
  readonly maxOutputBytes: number;
  /** Kills it. */
  readonly signal: AbortSignal;
}

/** How a run ended; `text` is what it said of its input and its faults, and may quote the file. */
export type FfmpegEnd =
  | { readonly kind: 'done'; readonly text: string }
  | { readonly kind: 'failed'; readonly detail: string; readonly text: string };

/** It says a few hundred bytes; a damaged file may make it say more, an endless one without end. */
const MAX_TEXT_BYTES = 256 * 1024;

/** How long its pipe may stay open after its end, in milliseconds. */
const LAST_WORDS_MS = 1000;

/**
 * Runs the program once, at the lowest priority, with limits of time, of memory and of what it may
 * write, and without the bot's environment, which has its keys. At a limit, or when the signal
 * aborts, it and everything that it started is killed. Never rejects.
 */
export async function runFfmpeg(program: FfmpegProgram, run: FfmpegRun): Promise<FfmpegEnd> {
  const bounded = boundedSignal([run.signal], {
    ms: run.limitMs,
    reason: () => Object.assign(new Error('ffmpeg took too long'), { code: 'TIMED_OUT' }),
  });
  try {
    if (bounded.signal.aborted) return { kind: 'failed', detail: 'stopped', text: '' };
    return await endOf(start(program, run), bounded.signal);
  } catch (cause) {
    return { kind: 'failed', detail: errorCode(cause) ?? 'not started', text: '' };
  } finally {
    bounded.release();
  }
}

function start({ path, searchPath }: FfmpegProgram, run: FfmpegRun): ChildProcess {
  const { command, args } = limitedCommand(path, run.args, run);
  const child = spawn(command, [...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: searchPath === undefined ? {} : { PATH: searchPath },
    // A group of its own, so that what it starts is killed with it.
    detached: process.platform !== 'win32',
  });
  if (child.pid !== undefined) lowerPriority(child.pid);
  return child;
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already.
  }
}

async function endOf(child: ChildProcess, signal: AbortSignal): Promise<FfmpegEnd> {
  return new Promise((resolve) => {
    const said: Buffer[] = [];
    let bytes = 0;
    let fault: string | undefined;

    const kill = (why: string): void => {
      fault ??= why;
      killGroup(child);
    };
    const onAbort = (): void => kill(errorCode(signal.reason) ?? 'stopped');
    signal.addEventListener('abort', onAbort, { once: true });
    child.stderr?.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_TEXT_BYTES) kill('too talkative');
      else said.push(chunk);
    });
    child.stderr?.on('error', () => undefined);

    const settle = (detail: string | undefined): void => {
      signal.removeEventListener('abort', onAbort);
      child.stderr?.destroy();
      const text = Buffer.concat(said).toString('utf8');
      const why = fault ?? detail;
      resolve(why === undefined ? { kind: 'done', text } : { kind: 'failed', detail: why, text });
    };
    child.once('error', (cause) => settle(errorCode(cause) ?? 'not started'));
    child.once('exit', (code, killedBy) => {
      const detail = code === 0 ? undefined : (killedBy ?? `exit ${code}`);
      // What it left running would hold the pipe open. What it said may still be in there.
      killGroup(child);
      const last = setTimeout(settle, LAST_WORDS_MS, detail);
      child.once('close', () => {
        clearTimeout(last);
        settle(detail);
      });
    });
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}
