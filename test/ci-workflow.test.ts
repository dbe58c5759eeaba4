import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../src/sandbox/project-root.ts';

/** Strict, so that a key which GitHub would not know is found. */
const step = z.strictObject({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.union([z.string(), z.boolean()])).optional(),
});
const { on, permissions, jobs } = z
  .strictObject({
    name: z.string(),
    on: z.record(z.string(), z.unknown()),
    permissions: z.record(z.string(), z.string()),
    concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean() }),
    jobs: z.record(
      z.string(),
      z.strictObject({
        name: z.string(),
        'runs-on': z.string(),
        'timeout-minutes': z.number(),
        strategy: z.strictObject({
          'fail-fast': z.boolean(),
          matrix: z.strictObject({ node: z.array(z.number()) }),
        }),
        steps: z.array(step),
      }),
    ),
  })
  .parse(parse(readFileSync(join(projectRoot(), '.github/workflows/ci.yml'), 'utf8')));
const all = Object.values(jobs);
const steps = all.flatMap((job) => job.steps);

it('runs for every change, never with the rights of a pull request’s target', () => {
  expect(Object.keys(on)).toEqual(['push', 'pull_request']);
});

it('may read the repository and nothing else', () => {
  expect(permissions).toEqual({ contents: 'read' });
  const checkout = steps.find(({ uses }) => uses?.startsWith('actions/checkout@') === true);
  expect(checkout?.with).toEqual({ 'persist-credentials': false });
});

it('runs the one script on every Node that is supported', () => {
  expect(all.map(({ strategy }) => strategy.matrix.node)).toEqual([[20, 22, 24]]);
  const setup = steps.find(({ uses }) => uses?.startsWith('actions/setup-node@') === true);
  expect(setup?.with?.['node-version']).toBe('${{ matrix.node }}');
  expect(steps.flatMap(({ run }) => run ?? [])).toEqual(['bash .ci/run']);
  expect(existsSync(join(projectRoot(), '.ci/run'))).toBe(true);
});

it('takes the platform’s own actions alone, each by its version', () => {
  const actions = steps.flatMap(({ uses }) => uses ?? []);
  expect(actions.length).toBeGreaterThan(0);
  expect(actions.filter((action) => !/^actions\/[\w-]+@(v\d+|[0-9a-f]{40})$/.test(action))).toEqual(
    [],
  );
});

it('ends a run that hangs', () => {
  for (const job of all) expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
});
