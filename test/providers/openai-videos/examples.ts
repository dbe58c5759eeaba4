import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../src/sandbox/project-root.ts';
import type { DeclaredProvider } from '../../../src/providers/provider-file.ts';
import { OPENAI_VIDEOS } from '../../../src/providers/openai-videos/provider-file.ts';
import { PROVIDERS } from '../../../src/providers/registry.ts';
import { isObject } from '../../../src/providers/read-answer.ts';

const PAGE = readFileSync(join(projectRoot(), 'docs/routes-file.md'), 'utf8');

/** The examples of the page, each by the heading above it. */
export const EXAMPLES: ReadonlyMap<string, unknown> = new Map(
  [...PAGE.matchAll(/^## ([^\n]+)\n(?:(?!^## )[^])*?```json\n([^]*?)```/gm)].map(
    ([, heading = '', json = '']) => [heading, JSON.parse(json)],
  ),
);

/** The only server of an example, with these changes. */
export function serverOf(heading: string, changes: object = {}): Record<string, unknown> {
  const file = EXAMPLES.get(heading);
  const servers: unknown = isObject(file) ? file['servers'] : undefined;
  const server: unknown = Array.isArray(servers) ? servers[0] : undefined;
  if (!isObject(server)) throw new Error(`the page has no example for ${heading}`);
  return { ...server, ...changes };
}

/** What the file with these servers declares; throws if anything is wrong with it. */
export function declaredIn(...servers: readonly object[]): readonly DeclaredProvider[] {
  const read = OPENAI_VIDEOS.read({ servers }, PROVIDERS);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.providers;
}

/** What is wrong with a file, a line each. */
export function faultsIn(file: unknown): string[] {
  const read = OPENAI_VIDEOS.read(file, PROVIDERS);
  return read.ok ? [] : read.faults.map(({ path, message }) => `${path} ${message}`);
}
