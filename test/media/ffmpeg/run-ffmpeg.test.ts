import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { describe, expect, it } from 'vitest';
import { whyNoFfmpeg } from '../../../src/media/ffmpeg/find-ffmpeg.ts';
import { runFfmpeg } from '../../../src/media/ffmpeg/run-ffmpeg.ts';
import type { FfmpegRun } from '../../../src/media/ffmpeg/run-ffmpeg.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const searchPath = env['PATH'];

/** A program in ffmpeg's place. */
function fake(script: string): { readonly path: string; readonly folder: string } {
  const folder = temporaryFolder();
  const path = join(folder, 'ffmpeg');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o700);
  return { path, folder };
}

function run(path: string, changes: Partial<FfmpegRun> = {}) {
  const { signal } = new AbortController();
  const plain = { args: [], limitMs: 20_000, maxOutputBytes: 1_000_000, signal };
  return runFfmpeg({ path, searchPath }, { ...plain, ...changes });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie is over, but not yet fetched by its parent.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

describe.skipIf(process.platform !== 'linux')('a program in ffmpeg’s place', () => {
  it('that ends well gives what it said', async () => {
    const { path } = fake('echo "$1" >&2');
    const end = await run(path, { args: ['hello'] });
    expect(end).toEqual({ kind: 'done', text: 'hello\n' });
  });

  it.each([
    ['exit 1', 'exit 1'],
    ['kill -9 $$', 'SIGKILL'],
    ['kill -TERM $$', 'SIGTERM'],
  ])('that does %s has failed', async (script, detail) => {
    const end = await run(fake(script).path);
    expect(end).toMatchObject({ kind: 'failed', detail });
  });

  it('that hangs is killed with all that it started, at its time-out', async () => {
    const { path, folder } = fake('sleep 600 & echo $! > "$0.pid"; wait');
    const end = await run(path, { limitMs: 1000 });
    expect(end).toMatchObject({ kind: 'failed', detail: 'TIMED_OUT' });
    const pid = Number(readFileSync(join(folder, 'ffmpeg.pid'), 'utf8'));
    await expect.poll(() => isRunning(pid)).toBe(false);
  });

  it('that ends and leaves something running leaves nothing', async () => {
    const { path, folder } = fake('sleep 600 & echo $! > "$0.pid"');
    await expect(run(path)).resolves.toMatchObject({ kind: 'done' });
    const pid = Number(readFileSync(join(folder, 'ffmpeg.pid'), 'utf8'));
    await expect.poll(() => isRunning(pid)).toBe(false);
  });

  it('is killed at a stop, and not begun after it', async () => {
    const { path, folder } = fake('touch "$0.begun"; sleep 600');
    const stop = new AbortController();
    const running = run(path, { signal: stop.signal });
    await expect.poll(() => existsSync(join(folder, 'ffmpeg.begun'))).toBe(true);
    stop.abort();
    await expect(running).resolves.toMatchObject({ kind: 'failed' });
    const again = await run(path, { signal: stop.signal });
    expect(again).toEqual({ kind: 'failed', detail: 'stopped', text: '' });
  });

  it('that talks without end is killed', async () => {
    const { path } = fake('while true; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx >&2; done');
    await expect(run(path)).resolves.toMatchObject({ kind: 'failed', detail: 'too talkative' });
  });

  it('that writes without end is killed at its limit', async () => {
    const { path } = fake('cat /dev/zero > "$0.out"');
    await expect(run(path)).resolves.toMatchObject({ kind: 'failed' });
    expect(readFileSync(`${path}.out`).length).toBeLessThanOrEqual(1_000_000);
  });

  it('has little memory, the lowest priority, and nothing of the bot’s environment', async () => {
    // It waits for its priority, which it is given just after its start.
    const { path } = fake(`until [ "$(cut -d' ' -f19 /proc/$$/stat)" = 19 ]; do :; done
ulimit -v >&2; env >&2`);
    const { text } = await run(path);
    const [memory, ...environment] = text.trim().split('\n');
    expect(Number(memory)).toBe(2 * 1024 ** 2);
    const names = environment.map((line) => line.split('=')[0]);
    expect(
      names.filter((name) => !['PATH', 'PWD', '_', 'SHLVL', 'OLDPWD'].includes(name ?? '')),
    ).toEqual([]);
  });
});

describe('whether there is one', () => {
  const { signal } = new AbortController();

  it('is said by its version, and else why not', async () => {
    const missing = { path: 'no-such-ffmpeg', searchPath };
    await expect(whyNoFfmpeg(missing, signal)).resolves.toBe('not found');
    await expect(whyNoFfmpeg({ ...missing, path: '/no/ffmpeg' }, signal)).resolves.toBe(
      'not found',
    );
    const { path } = fake('exit 3');
    await expect(whyNoFfmpeg({ path, searchPath }, signal)).resolves.toBe('exit 3');
    await expect(
      whyNoFfmpeg({ path: fake('exit 0').path, searchPath }, signal),
    ).resolves.toBeUndefined();
  });
});
