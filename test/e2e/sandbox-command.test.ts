import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { DEFAULT_PORT } from '../../src/sandbox/playground/run-playground.ts';
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

/** Starts the built playground on a free port, and resolves when it says its address. */
async function startPage(env: Record<string, string>, args: readonly string[] = ['--port', '0']) {
  const main = join(projectRoot(), 'dist', 'src', 'sandbox', 'main.js');
  const child = spawn(process.execPath, ['--enable-source-maps', main, ...args], { env });
  const exited = once(child, 'close');
  // Not SIGKILL: it has a bot of its own to end.
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await exited;
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+\//.exec(line) ?? [];
    if (url !== undefined) return { url, child, exited };
  }
  throw new Error('it ended without an address');
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'clapper-sandbox-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const snapshotSchema = z.object({ snapshot: z.object({ bot: z.object({ pid: z.number() }) }) });

/** The first frame that a page gets. */
async function snapshotAt(url: string): Promise<unknown> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}live`);
  onTestFinished(() => socket.terminate());
  const message: unknown[] = await once(socket, 'message');
  return JSON.parse(String(message[0]));
}

function botOf(frame: unknown): number {
  return snapshotSchema.parse(frame).snapshot.bot.pid;
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
  expect(out).toMatch(/Done\n.*\[clapper-\S+\.mp4, \d+ KiB\]\n/s);
  expect(out).toContain('@Ada · Mini (AnyFast)');
  expect(out).not.toMatch(/<[@t]|https?:/);
  expect(out).toContain(`saved as ${join(folder, 'fox.mp4')}`);
  expect(code).toBe(0);
  const clip = await readFile(join(folder, 'fox.mp4'));
  expect(clip.subarray(4, 8).toString('latin1')).toBe('ftyp');
  expect(clip.byteLength).toBeGreaterThan(10_000);
});

it('plays the pictures that come with it on --demo', async () => {
  const folder = await emptyFolder();
  const { code, out } = await runSandbox(['--demo', '--locale', 'zh-CN'], folder);
  expect(out).toContain('first_frame:first-frame.jpg last_frame:last-frame.jpg');
  expect(code).toBe(0);
  expect((await readFile(join(folder, 'clip.mp4'))).byteLength).toBeGreaterThan(10_000);
});

it.each(['SIGINT', 'SIGTERM'] as const)(
  'shows its page until %s, and leaves nothing behind',
  async (signal) => {
    const folder = await emptyFolder();
    const { url, child, exited } = await startPage({ TMPDIR: folder });
    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await readdir(folder)).toHaveLength(1);
    const pid = botOf(await snapshotAt(url));
    child.kill(signal);
    await exited;
    expect(child.exitCode).toBe(0);
    expect(await readdir(folder)).toEqual([]);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  },
);

it('leaves nothing behind when it is stopped while it starts', async () => {
  const folder = await emptyFolder();
  const main = join(projectRoot(), 'dist', 'src', 'sandbox', 'main.js');
  const child = spawn(process.execPath, [main, '--port', '0'], { env: { TMPDIR: folder } });
  const exited = once(child, 'close');
  // Its first words come before the bot is there.
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  await exited;
  expect(child.exitCode).toBe(0);
  expect(await readdir(folder)).toEqual([]);
});

it('takes another port where somebody has the usual one', async () => {
  const server = createServer();
  onTestFinished(() => void server.close());
  server.listen(DEFAULT_PORT, '127.0.0.1');
  // Whoever has it, this test or another program: it is taken.
  await Promise.race([once(server, 'listening'), once(server, 'error').catch(() => undefined)]);
  const { url } = await startPage({}, []);
  expect(new URL(url).port).not.toBe(String(DEFAULT_PORT));
  expect((await fetch(url)).status).toBe(200);
});

it('says so when the port it is given cannot be had', async () => {
  const { url } = await startPage({});
  const { code, out } = await runSandbox(['--port', new URL(url).port], await emptyFolder());
  expect(out).toContain(
    `Port ${new URL(url).port} is in use; choose another with --port, or omit it.`,
  );
  expect(code).toBe(2);
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
  ['.', 'is a folder'],
  [join('missing', 'clip.mp4'), 'there is no folder'],
])('says that --out %s cannot be used, before it makes a video', async (path, why) => {
  const { code, out } = await runSandbox(['--demo', '--out', path], await emptyFolder());
  expect(out).toContain(why);
  expect(out).not.toContain('/video');
  expect(code).toBe(2);
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
