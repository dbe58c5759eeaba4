import { env, stderr } from 'node:process';
import { defineConfig } from 'vitest/config';
import { NO_POSTGRES, postgresPrograms } from './src/sandbox/postgres-cluster.ts';
import { ON_POSTGRES } from './test/postgres-server.ts';
import { SlowestFirst } from './test/slowest-first.ts';

/**
 * What is about a process as a whole: the fonts that it has loaded, the connections that it keeps, the
 * class of sockets that discord.js takes once, and the agent that all share who bring none: it is of the
 * undici that was loaded first, and only discord.js's own takes the files that its client uploads.
 */
const APART = [
  'src/simulators/discord/test/client.test.ts',
  'test/chart/**/*.test.ts',
  'test/discord/gateway-proxy.test.ts',
  'test/outbound/**/*.test.ts',
  'src/simulators/providers/test/render/**/*.test.ts',
];

/** Tests that need a browser, the built bot as a process, or minutes. */
const PROCESSES = ['e2e', 'browser', 'trials/chaos'].map((folder) => `test/${folder}/**/*.test.ts`);

/**
 * End-to-end tests that run again with the store on Postgres, where it is installed; in CI always. Others
 * do so by hand, with TEST_STORE=postgres: the whole of CI is to stay under 15 minutes.
 */
const ON_BOTH = ['bad-luck', 'holds', 'privacy', 'quota', 'results'].map(
  (name) => `test/e2e/${name}.test.ts`,
);

const SERVER = 'test/postgres-server.ts';

/** What is about the file of SQLite itself; left out where TEST_STORE=postgres runs the others on it. */
const ABOUT_SQLITE = ['bad-disk', 'damaged-store', 'older-store', 'one-store', 'restored'].map(
  (name) => `test/e2e/${name}.test.ts`,
);
const leftOut = env['TEST_STORE'] === 'postgres' ? ABOUT_SQLITE : [];
if (leftOut.length > 0) stderr.write(`Not run on Postgres: ${leftOut.join(', ')}.\n`);

const hasPostgres = postgresPrograms() !== undefined || env['CI'] !== undefined;
if (!hasPostgres) stderr.write(`No end-to-end test runs on Postgres: ${NO_POSTGRES}.\n`);

// The one place where a default export is asked for by the tool.
// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  test: {
    // End-to-end tests start the built bot; they are bounded by events, this is only the backstop.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    // The files of a worker share what was imported: modules keep no state. Importing it anew for each
    // file took as long as a sixth of all tests.
    isolate: false,
    // Some wait for real processes while the others compute; with two, a third of two cores was idle.
    maxWorkers: 3,
    sequence: { sequencer: SlowestFirst },
    projects: [
      { extends: true, test: { name: 'apart', include: APART, isolate: true } },
      {
        extends: true,
        test: {
          name: 'modules',
          include: ['test/**/*.test.ts', 'src/simulators/*/test/**/*.test.ts'],
          exclude: [...APART, ...PROCESSES],
        },
      },
      {
        extends: true,
        test: { name: 'processes', include: PROCESSES, exclude: leftOut, globalSetup: SERVER },
      },
      ...(hasPostgres
        ? [
            {
              extends: true as const,
              test: { name: ON_POSTGRES, include: ON_BOTH, globalSetup: SERVER },
            },
          ]
        : []),
    ],
  },
});
