import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { runCommand } from '../run-command.ts';
import { fetchNode } from './fetch-node.ts';
import { readArguments } from './read-arguments.ts';

const USAGE =
  'npm run test:nodes [-- 22 24] [--units] [FILES]: runs the suite on Node 20, 22, 24 and 26, each from the registry';

async function main(cwd: string, given: readonly string[]): Promise<number> {
  const wanted = readArguments(given);
  if (wanted === undefined) {
    process.stderr.write(`${USAGE}\n`);
    return 1;
  }
  const results: { version: string; exit: number | string }[] = [];
  for (const version of wanted.versions) {
    results.push({ version, exit: await runSuite(cwd, version, wanted.vitest) });
  }
  for (const { version, exit } of results) {
    process.stdout.write(`Node ${version}: ${exit === 0 ? 'passed' : `ended with ${exit}`}\n`);
  }
  return results.every(({ exit }) => exit === 0) ? 0 : 1;
}

/** Runs vitest with this Node, which is also first in its PATH, and returns the exit code or signal. */
async function runSuite(
  cwd: string,
  version: string,
  vitest: readonly string[],
): Promise<number | string> {
  const folder = await mkdtemp(join(tmpdir(), 'clapper-node-'));
  try {
    const bin = await fetchNode(version, folder);
    process.stdout.write(`Node ${version}: ${vitest.join(' ') || 'the whole suite'}\n`);
    const suite = await runCommand(
      join(bin, 'node'),
      [join(cwd, 'node_modules/vitest/vitest.mjs'), 'run', ...vitest],
      {
        cwd,
        // oxlint-disable-next-line node/no-process-env -- passed on unchanged except for PATH
        env: { ...process.env, PATH: [bin, process.env['PATH']].join(delimiter) },
        output: 'show',
      },
    );
    return suite.exit;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main(process.cwd(), process.argv.slice(2));
