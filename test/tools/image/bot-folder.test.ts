import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { projectRoot } from '../../../src/sandbox/project-root.ts';
import { makeBotFolder } from '../../../src/tools/image/make-bot-folder.ts';
import { runCommand } from '../../../src/tools/run-command.ts';
import { listImports } from '../../list-imports.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

/** Folders in src that are not part of the bot. */
const NOT_THE_BOT = ['sandbox', 'simulators', 'test', 'tools', 'trials'];

/** Enough for a build and a copy of all its packages. */
const TIMEOUT_MS = 240_000;

const manifest = z.looseObject({ dependencies: z.record(z.string(), z.string()).optional() });
const readManifest = (of: string) =>
  manifest.parse(JSON.parse(readFileSync(join(of, 'package.json'), 'utf8')));

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clapper-image-'));
  await makeBotFolder(projectRoot(), folder);
}, TIMEOUT_MS);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('the folder of the bot', () => {
  it('has what the last stage of the image copies, and nothing else', async () => {
    const dockerfile = readFileSync(join(projectRoot(), 'Dockerfile'), 'utf8');
    expect(dockerfile).toContain('RUN npm run image -- /app/bot\n');
    const copied = [...dockerfile.matchAll(/\/app\/bot\/(\S+)/g)].map(([, name = '']) => name);
    expect((await readdir(folder)).toSorted()).toEqual(copied.toSorted());
  });

  it('has the code of the bot alone', async () => {
    const rooms = await readdir(join(projectRoot(), 'src'));
    const ofTheBot = rooms.filter((room) => !NOT_THE_BOT.includes(room) && room !== 'main.ts');
    expect((await readdir(join(folder, 'dist'))).toSorted()).toEqual(['commands', 'src']);
    expect((await readdir(join(folder, 'dist/src'))).toSorted()).toEqual(
      [...ofTheBot, 'main.js', 'main.js.map'].toSorted(),
    );
    const files = await readdir(join(folder, 'dist'), { recursive: true });
    expect(files.filter((file) => /simulat|sandbox|chaos|bench|\.test\./.test(file))).toEqual([]);
  });

  it('has every file that its code imports, and every package', () => {
    const { dependencies = {} } = readManifest(folder);
    const { files, packages } = listImports(join(folder, 'dist'));
    expect(files.size).toBeGreaterThan(200);
    expect([...files].filter((file) => !existsSync(file))).toEqual([]);
    const unlisted = [...packages].filter((name) => !Object.hasOwn(dependencies, name));
    expect(unlisted).toEqual([]);
    const missing = [...packages].filter((name) => !existsSync(join(folder, 'node_modules', name)));
    expect(missing).toEqual([]);
  });

  it('has no package that only the simulators or the trials use', async () => {
    const packages = await readdir(join(folder, 'node_modules'));
    for (const name of ['@clapper', 'h264-mp4-encoder', 'lit', 'playwright-core', 'vitest']) {
      expect(packages).not.toContain(name);
    }
  });

  it('starts, with nothing else at hand', async () => {
    const main = join(folder, 'dist/src/main.js');
    const { exit, stderr } = await runCommand(process.execPath, [main], {
      cwd: temporaryFolder(),
      env: {},
      output: 'collect',
    });
    expect(stderr).toContain('DISCORD_TOKEN: is not set');
    expect(exit).toBe(78);
  });

  it('has a manifest that says nothing of how it is built and tried', () => {
    const made = readManifest(folder);
    const whole = readManifest(projectRoot());
    for (const [key, value] of Object.entries(made)) expect(value).toEqual(whole[key]);
    expect(made).toMatchObject({ name: 'clapper', type: 'module', license: 'MIT' });
    for (const key of ['scripts', 'workspaces', 'devDependencies']) {
      expect(made).not.toHaveProperty(key);
    }
  });
});

it('is not made where something is already', async () => {
  const taken = temporaryFolder();
  await writeFile(join(taken, 'old.js'), '');
  await expect(makeBotFolder(projectRoot(), taken)).rejects.toThrow('is not empty');
  expect(await readdir(taken)).toEqual(['old.js']);
});
