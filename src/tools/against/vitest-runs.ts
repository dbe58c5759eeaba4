import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { runCommand } from '../run-command.ts';
import type { CommandResult } from '../run-command.ts';
import { readReport } from './read-report.ts';
import type { FileResult } from './read-report.ts';

const listed = z.array(z.object({ name: z.string() }));

/** Lists the names of the tests in a file; none if it does not exist or does not load. */
export async function listTests(
  folder: string,
  path: string,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  if (!existsSync(join(folder, path))) return new Set();
  const text = await runToReport(folder, ['list', path], '--json', signal);
  if (typeof text !== 'string') return new Set();
  return new Set(listed.parse(JSON.parse(text)).map(({ name }) => name));
}

/** Runs one test file. If vitest writes no report, its error output is the reason. */
export async function runTests(
  folder: string,
  path: string,
  signal: AbortSignal,
): Promise<FileResult> {
  const run = ['run', path, '--reporter=json'];
  const text = await runToReport(folder, run, '--outputFile', signal);
  if (typeof text === 'string') return readReport(text);
  return { loads: false, why: text.stderr.trim().split('\n')[0] ?? '' };
}

/** Runs vitest and returns the text of its report, or the command's result if there is none. */
async function runToReport(
  folder: string,
  args: readonly string[],
  option: string,
  signal: AbortSignal,
): Promise<string | CommandResult> {
  const report = join(folder, 'test-report.json');
  await rm(report, { force: true });
  const vitest = join(folder, 'node_modules/vitest/vitest.mjs');
  const result = await runCommand(process.execPath, [vitest, ...args, `${option}=${report}`], {
    cwd: folder,
    output: 'collect',
    signal,
  });
  return existsSync(report) ? readFile(report, 'utf8') : result;
}
