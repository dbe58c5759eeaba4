import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { isObject } from '../../src/providers/read-answer.ts';
import { overlayProject } from '../fakes/overlay-project.ts';
import { casesFor, failedCases, whyLeftOut } from '../providers/contract/play-cases.ts';
import type { ProviderUnderTest } from '../providers/contract/provider-under-test.ts';
import { ROOT, blocksOf } from './read-documents.ts';

const PAGE = readFileSync(join(ROOT, 'docs/developers/add-a-provider.md'), 'utf8');

/** The files of the page: blocks that begin with a path. */
const FILES: ReadonlyMap<string, string> = new Map(
  blocksOf(PAGE).flatMap(({ code }) => {
    const [, path] = /^\/\/ (\S+\.ts)\n/.exec(code) ?? [];
    return path === undefined ? [] : [[path, code] as const];
  }),
);

function isUnderTest(value: unknown): value is ProviderUnderTest {
  return isObject(value) && 'descriptor' in value && 'simulate' in value && 'documents' in value;
}

/** The provider of the page, from a project that has its files. */
async function builtFrom(root: string): Promise<ProviderUnderTest> {
  const path = [...FILES.keys()].find((name) => name.endsWith('/under-test.ts')) ?? '';
  const module: unknown = await import(pathToFileURL(join(root, path)).href);
  const found = isObject(module) ? Object.values(module).find(isUnderTest) : undefined;
  if (found === undefined) throw new Error('the page has nothing to test');
  return found;
}

it('has the files of a provider', () => {
  const folders = [...FILES.keys()].map((path) => path.replace(/\/[^/]+$/, ''));
  expect(new Set(folders)).toEqual(
    new Set([
      'src/providers/lantern',
      'src/simulators/providers/lantern',
      'test/providers/lantern',
    ]),
  );
});

it('is a provider that compiles', async () => {
  const root = await overlayProject(FILES);
  const config = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: { rootDir: '/', types: ['node'] },
    include: [...FILES.keys()],
    exclude: [],
  };
  await writeFile(join(root, 'tsconfig.page.json'), JSON.stringify(config));
  expect(() =>
    execFileSync('npx', ['tsc', '-p', join(root, 'tsconfig.page.json')], {
      cwd: ROOT,
      stdio: 'pipe',
    }),
  ).not.toThrow();
});

it('is a provider that meets the contract', async () => {
  const under = await builtFrom(await overlayProject(FILES));
  const cases = Object.values(casesFor(under)).flat();
  const played = cases.filter((one) => whyLeftOut(one, under) === undefined);
  expect(played.length).toBeGreaterThan(150);
  expect(await failedCases(under, played)).toEqual([]);
});

it('would be asked for what it does not show, and for what it neither has nor lacks', async () => {
  const under = await builtFrom(await overlayProject(FILES));
  const { descriptor, documents } = under;
  const group = casesFor(under)['its descriptor'] ?? [];
  const creates = documents.creates.filter(({ shows }) => shows !== 'balance-code');
  expect(await failedCases({ ...under, documents: { ...documents, creates } }, group)).toEqual([
    'shows an answer for everything that its documents have, with its page',
  ]);
  const { upload: _, ...lacks } = descriptor.lacks;
  expect(await failedCases({ ...under, descriptor: { ...descriptor, lacks } }, group)).toEqual([
    'lacks nothing that it has, and has what it does not lack',
  ]);
});
