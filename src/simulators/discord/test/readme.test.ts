import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const run = promisify(execFile);

const HERE = fileURLToPath(new URL('../', import.meta.url));
const PACKAGES = fileURLToPath(new URL('../../../../node_modules/', import.meta.url));
const README = readFileSync(join(HERE, 'readme.md'), 'utf8');
const [, EXAMPLE = ''] = /```js\n([\s\S]*?)```/.exec(README) ?? [];
const { dependencies } = z
  .object({ dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8')));

/** The folder of a project that has this package, its dependencies, and discord.js. */
let project = '';

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'simulated-discord-'));
  const installed = join(project, 'node_modules/@clapper/simulated-discord');
  mkdirSync(installed, { recursive: true });
  symlinkSync(join(HERE, 'package.json'), join(installed, 'package.json'));
  for (const name of [...Object.keys(dependencies), 'discord.js', '@types/node']) {
    const link = join(project, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(PACKAGES, name), link);
  }
  const outDir = join(installed, 'dist');
  await run('npm', ['run', '--silent', 'build', '--', '--outDir', outDir], { cwd: HERE });
  writeFileSync(join(project, 'try.mjs'), EXAMPLE);
}, 120_000);

afterAll(() => {
  rmSync(project, { recursive: true, force: true });
});

describe('the example of the readme', () => {
  it('has twenty lines', () => {
    expect(EXAMPLE.trimEnd().split('\n')).toHaveLength(20);
    expect(README).toContain('These twenty lines');
  });

  it('works as printed, in a project that has only discord.js', async () => {
    const { stdout, stderr } = await run(process.execPath, ['try.mjs'], { cwd: project, env: {} });
    expect({ stdout, stderr }).toEqual({ stdout: 'It works\n', stderr: '' });
    expect(README).toContain('It prints `It works`');
  });

  it('matches the types of the package', async () => {
    const strict = ['--strict', '--noEmit', '--allowJs', '--checkJs', '--skipLibCheck'];
    const options = [...strict, '--module', 'nodenext', '--types', 'node', 'try.mjs'];
    const tsc = join(PACKAGES, '.bin/tsc');
    await expect(run(tsc, options, { cwd: project })).resolves.toMatchObject({ stdout: '' });
    writeFileSync(join(project, 'wrong.mjs'), EXAMPLE.replace('channelId', 'channelName'));
    const wrong = await run(tsc, [...options.slice(0, -1), 'wrong.mjs'], { cwd: project }).catch(
      (failed: { stdout: string }) => failed,
    );
    expect(wrong.stdout).toContain("Property 'channelName' does not exist");
  });
});
