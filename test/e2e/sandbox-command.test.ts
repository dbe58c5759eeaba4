import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { projectRoot } from '../../src/sandbox/project-root.ts';

interface Ran {
  readonly code: number | null;
  readonly out: string;
}

/** Runs the built sandbox as `npm run sandbox` does, with nothing of this process's environment. */
async function runSandbox(args: readonly string[], cwd: string): Promise<Ran> {
  const main = join(projectRoot(), 'dist', 'src', 'sandbox', 'main.js');
  const child = spawn(process.execPath, ['--enable-source-maps', main, ...args], { cwd, env: {} });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [out, errors] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  expect(errors).toBe('');
  return { code: child.exitCode, out };
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'clapper-sandbox-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

it('plays one job to its end and leaves a real mp4', async () => {
  const folder = await emptyFolder();
  const job = ['--prompt', 'A small fox in deep snow', '--model', 'anyfast/seedance-2.0-mini'];
  const { code, out } = await runSandbox(
    [...job, '--duration', '4', '--resolution', '480p', '--no-sound', '--out', 'fox.mp4'],
    folder,
  );
  expect(out).toContain('Clapper is thinking…');
  expect(out).toContain('A small fox in deep snow');
  expect(out).toContain('AnyFast · Seedance 2.0 Mini');
  expect(out).toMatch(/Done\n.*\[clapper-\S+\.mp4, \d+ KiB\] http/s);
  expect(code).toBe(0);
  const clip = await readFile(join(folder, 'fox.mp4'));
  expect(clip.subarray(4, 8).toString('latin1')).toBe('ftyp');
  expect(clip.byteLength).toBeGreaterThan(10_000);
});

it('shows a refusal and says that there is no clip', async () => {
  const folder = await emptyFolder();
  const job = ['--prompt', 'A fox', '--model', 'jimmy/sd2_mx', '--resolution', '480p'];
  const { code, out } = await runSandbox(job, folder);
  expect(out).toContain('only you see this');
  expect(out).toContain('`resolution`');
  expect(code).toBe(1);
});

it.each([
  ['an unknown option', ['--colour', 'red']],
  ['an option without its value', ['--prompt']],
  ['a word by itself', ['fox']],
])('explains itself at %s', async (_what, args) => {
  const { code, out } = await runSandbox(args, await emptyFolder());
  expect(out).toContain('npm run sandbox');
  expect(out).toContain('--first-frame');
  expect(code).toBe(2);
});

it('explains itself when asked', async () => {
  const { code, out } = await runSandbox(['--help'], await emptyFolder());
  expect(out).toContain('npm run sandbox');
  expect(code).toBe(0);
});
