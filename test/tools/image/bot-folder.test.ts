import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { projectRoot } from '../../../src/sandbox/project-root.ts';
import { OPTIONAL, OUTSIDE } from '../../../src/tools/build/outside.ts';
import { makeBotFolder } from '../../../src/tools/image/make-bot-folder.ts';
import { runCommand } from '../../../src/tools/run-command.ts';
import { aChart } from '../../chart/a-chart.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

/** Enough for a build and a copy of all its packages. */
const TIMEOUT_MS = 240_000;

/** How esbuild writes what a bundle imports. */
const IMPORTED = /(?:^import |^\} from |^import .* from |\bimport\()"([^"]+)"/gm;

/** What a build loads: its files by their paths, and packages by their names. */
async function importsOf(built: string) {
  const files: string[] = [];
  const packages: string[] = [];
  for (const path of await readdir(built, { recursive: true })) {
    if (!path.endsWith('.js')) continue;
    const text = await readFile(join(built, path), 'utf8');
    for (const [, name = ''] of text.matchAll(IMPORTED)) {
      if (name.startsWith('.')) files.push(join(built, dirname(path), name));
      else if (!isBuiltin(name)) packages.push(name);
    }
  }
  return { files, packages };
}

const sourceMap = z.object({ sources: z.array(z.string()) });

/** The files that a build was made from, by their paths below its parent folder. */
async function sourcesOf(built: string): Promise<Set<string>> {
  const files = await readdir(built, { recursive: true });
  const maps = files.filter((file) => file.endsWith('.map'));
  const sources = await Promise.all(
    maps.map(async (file) => {
      const text = await readFile(join(built, file), 'utf8');
      const parsed = sourceMap.parse(JSON.parse(text));
      return parsed.sources.map((source) => join('dist', dirname(file), source));
    }),
  );
  return new Set(sources.flat());
}

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

  it('has the programs of an installation, with their source maps and their chunks', async () => {
    expect((await readdir(join(folder, 'dist'))).toSorted()).toEqual([
      'src',
      'third-party-licences.txt',
    ]);
    const commands = ['backup', 'doctor', 'holds', 'move', 'setup'];
    expect((await readdir(join(folder, 'dist/src'))).toSorted()).toEqual(
      [...commands, 'chunks', 'main.js', 'main.js.map'].toSorted(),
    );
    for (const name of commands) {
      const files = await readdir(join(folder, 'dist/src', name));
      expect(files.toSorted()).toEqual(['main.js', 'main.js.map']);
    }
  });

  it('is made from the code of the bot alone, and of its packages', async () => {
    const made = await sourcesOf(join(folder, 'dist'));
    expect(made.size).toBeGreaterThan(500);
    const rooms = [...made].flatMap((path) => /^src\/([^/]+)\//.exec(path)?.[1] ?? []);
    for (const room of ['sandbox', 'simulators', 'tools', 'trials']) {
      expect(rooms).not.toContain(room);
    }
    expect([...made].filter((path) => /^test|\.test\./.test(path))).toEqual([]);
  });

  it('has every file that its code imports, and every package', async () => {
    const { dependencies = {} } = readManifest(folder);
    const { files, packages } = await importsOf(join(folder, 'dist'));
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    expect(packages.filter((name) => !OPTIONAL.includes(name) && !OUTSIDE.includes(name))).toEqual(
      [],
    );
    expect(Object.keys(dependencies)).toEqual(OUTSIDE);
    const missing = OUTSIDE.filter((name) => !existsSync(join(folder, 'node_modules', name)));
    expect(missing).toEqual([]);
  });

  it('has no package but those that stay outside the bundle, and theirs', async () => {
    const packages = await readdir(join(folder, 'node_modules'));
    expect(packages.toSorted()).toEqual([
      '@fontsource',
      '@napi-rs',
      'bindings',
      'file-uri-to-path',
      'sqlite3',
    ]);
  });

  it('names whose code is in the bundle, with the licences', async () => {
    const text = await readFile(join(folder, 'dist/third-party-licences.txt'), 'utf8');
    expect(text).toMatch(/^discord\.js 14\.\d+\.\d+ \(Apache-2\.0\)$/m);
    expect(text).toMatch(/^zod \d+\.\d+\.\d+ \(MIT\)$/m);
    expect(text).toContain('Permission is hereby granted');
  });

  it('draws a chart, with nothing else at hand', async () => {
    const thread = pathToFileURL(join(folder, 'dist/src/chunks/chart-thread.js')).href;
    const script = `
      import { Worker } from 'node:worker_threads';
      const thread = new Worker(new URL('${thread}'), { execArgv: [] });
      thread.once('message', (png) => process.exit(png.byteLength > 1000 ? 0 : 1));
      thread.postMessage(${JSON.stringify(aChart())});`;
    const { exit, stderr } = await runCommand(
      process.execPath,
      ['--input-type=module', '--eval', script],
      { cwd: temporaryFolder(), env: {}, output: 'collect' },
    );
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
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
    const { dependencies: _, ...others } = made;
    for (const [key, value] of Object.entries(others)) expect(value).toEqual(whole[key]);
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
