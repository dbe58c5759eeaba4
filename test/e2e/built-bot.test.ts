import { existsSync } from 'node:fs';
import { cp, readFile, rm, symlink } from 'node:fs/promises';
import module from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { projectRoot } from '../../src/sandbox/project-root.ts';
import { runCommand } from '../../src/tools/run-command.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

const failure = z.object({ msg: z.string(), err: z.object({ stack: z.string() }) });

/** Runs the built bot as a supervisor does, until it gives up because it cannot have its store. */
async function startInVain(root: string): Promise<{ exit: number | string; stack: string }> {
  const cwd = temporaryFolder();
  const env = {
    DISCORD_TOKEN: 'MTIz.NDU2.Nzg5Nzg5Nzg5Nzg5Nzg5Nzg5Nzg5',
    JIMMY_API_KEY: 'a-key-of-a-test',
    DATA_DIR: cwd,
    STORE_URL: `sqlite://${join(cwd, 'secret.key', 'clapper.sqlite')}`,
    SECRET_KEY: Buffer.alloc(32).toString('base64'),
    LOG_FORMAT: 'json',
  };
  await cp(join(projectRoot(), 'package.json'), join(cwd, 'secret.key'));
  const main = join(root, 'dist/src/main.js');
  const { exit, stdout } = await runCommand(process.execPath, [main], {
    cwd,
    env,
    output: 'collect',
  });
  const lines = stdout.split('\n').filter((line) => line.includes('"could not start"'));
  return { exit, stack: failure.parse(JSON.parse(lines[0] ?? '')).err.stack };
}

/** A copy of the build for this test alone. */
async function copyBuild(): Promise<string> {
  const root = temporaryFolder();
  await cp(join(projectRoot(), 'dist'), join(root, 'dist'), { recursive: true });
  await rm(join(root, 'dist/src/compiled'), { recursive: true, force: true });
  await cp(join(projectRoot(), 'package.json'), join(root, 'package.json'));
  await symlink(join(projectRoot(), 'node_modules'), join(root, 'node_modules'));
  return root;
}

describe('the built bot under plain Node', () => {
  it('names the lines of its sources in the traces of its log', async () => {
    const { exit, stack } = await startInVain(projectRoot());
    expect(exit).toBe(1);
    const [, file = '', line = ''] = /\(?(?:file:\/\/)?(\/\S+\.ts):(\d+):\d+\)?/.exec(stack) ?? [];
    expect(file).toMatch(new RegExp(`^${projectRoot()}/src/(store|bot)/`));
    const source = (await readFile(file, 'utf8')).split('\n');
    expect(source[Number(line) - 1]).toMatch(/mkdir|open|lock|throw|Error/i);
    expect(stack).not.toContain('dist/src/chunks');
  });

  it('starts with a build that it may not write to', async () => {
    const root = await copyBuild();
    // Even root cannot make a folder where a file is.
    await cp(join(root, 'package.json'), join(root, 'dist/src/compiled'));
    expect((await startInVain(root)).exit).toBe(1);
  });

  it('keeps compiled code beside the build, where Node can', async () => {
    const root = await copyBuild();
    for (const _ of ['first', 'second']) expect((await startInVain(root)).exit).toBe(1);
    const folder = join(root, 'dist/src/compiled');
    expect(existsSync(folder)).toBe('enableCompileCache' in module);
  });
});
