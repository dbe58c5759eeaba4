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
  const ends: { version: string; end: number | string }[] = [];
  for (const version of wanted.versions) {
    ends.push({ version, end: await runSuite(cwd, version, wanted.vitest) });
  }
  for (const { version, end } of ends) {
    process.stdout.write(`Node ${version}: ${end === 0 ? 'passed' : `ended with ${end}`}\n`);
  }
  return ends.every(({ end }) => end === 0) ? 0 : 1;
}

/** The exit code of vitest under this Node, which is also first in the path of what it starts. */
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
        // oxlint-disable-next-line node/no-process-env -- passed on as it is, but for the path
        env: { ...process.env, PATH: [bin, process.env['PATH']].join(delimiter) },
        output: 'show',
      },
    );
    return suite.end;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main(process.cwd(), process.argv.slice(2));
