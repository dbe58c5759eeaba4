import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { projectRoot } from '../../../src/sandbox/project-root.ts';
import { runCommand } from '../../../src/tools/run-command.ts';
import { parseLock, renderLock } from '../../../src/tools/lock/lock-file.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const MISSING = 'node_modules/@napi-rs/canvas-darwin-arm64';

/** A copy of this repository's lock in its own folder, without one hash. */
async function brokenLock(): Promise<{
  folder: string;
  path: string;
  whole: string;
  hash: string;
}> {
  const folder = temporaryFolder();
  const path = join(folder, 'package-lock.json');
  await copyFile(join(projectRoot(), 'package.json'), join(folder, 'package.json'));
  const whole = await readFile(join(projectRoot(), 'package-lock.json'), 'utf8');
  const lock = parseLock(whole);
  const hash = lock.packages[MISSING]?.integrity ?? '';
  delete lock.packages[MISSING]?.integrity;
  await writeFile(path, renderLock(lock));
  return { folder, path, whole, hash };
}

/** A registry that answers with this one hash. */
async function openRegistry(hash: string): Promise<string> {
  const server = createServer((request, response) => {
    const isAsked = request.url === '/@napi-rs%2fcanvas-darwin-arm64';
    const name = '@napi-rs/canvas-darwin-arm64';
    const versions = { '1.1.1': { name, version: '1.1.1', dist: { integrity: hash } } };
    response.writeHead(isAsked ? 200 : 404, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(isAsked ? { name, versions, 'dist-tags': { latest: '1.1.1' } } : {}),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/`;
}

const run = (cwd: string, args: readonly string[]) =>
  runCommand(
    process.execPath,
    [
      join(projectRoot(), 'node_modules/tsx/dist/cli.mjs'),
      join(projectRoot(), 'src/tools/lock/main.ts'),
      ...args,
    ],
    { cwd, output: 'collect' },
  );

it('mends this lock by a real npm and names no host of its registry', async () => {
  const { folder, path, whole, hash } = await brokenLock();
  const registry = await openRegistry(hash);
  await writeFile(join(folder, '.npmrc'), `registry=${registry}\ncache=${join(folder, 'cache')}\n`);
  expect(await run(folder, ['--check'])).toMatchObject({
    exit: 1,
    stderr: `${MISSING} has no integrity\n`,
  });
  expect(await run(folder, [])).toMatchObject({ exit: 0, stderr: '' });
  expect(await readFile(path, 'utf8')).toBe(whole);
  expect(await run(folder, ['--check'])).toMatchObject({ exit: 0 });
});

it('leaves the lock as it is where the registry does not answer', async () => {
  const { folder, path } = await brokenLock();
  const before = await readFile(path, 'utf8');
  await writeFile(
    join(folder, '.npmrc'),
    `registry=http://127.0.0.1:9/\nfetch-retries=0\ncache=${join(folder, 'cache')}\n`,
  );
  const { exit, stderr } = await run(folder, []);
  expect(exit).toBe(1);
  expect(stderr).toContain('npm view');
  expect(await readFile(path, 'utf8')).toBe(before);
});
