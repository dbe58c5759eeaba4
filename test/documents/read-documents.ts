import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The project's folder, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** One document of the project. `path` is relative to the project's folder. */
export interface Document {
  readonly path: string;
  readonly text: string;
}

/** A fenced block. `isRun`: the line above it says that the test runs it. */
export interface Block {
  readonly language: string;
  readonly code: string;
  readonly isRun: boolean;
}

/** Every Markdown file that is part of the project. */
export function readDocuments(): Document[] {
  const names = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'],
    { cwd: ROOT, encoding: 'utf8' },
  );
  return names
    .split('\n')
    .filter((path) => path !== '')
    .map((path) => ({ path, text: readFileSync(`${ROOT}${path}`, 'utf8') }));
}

/** The fenced blocks of a document, also those within a list. */
export function blocksOf(text: string): Block[] {
  const fence = /^(?<indent> *)```(?<language>\w*)\n(?<code>[\s\S]*?)^\k<indent>```$/gm;
  return [...text.matchAll(fence)].map((match) => {
    const { language = '', code = '' } = match.groups ?? {};
    const before = text.slice(0, match.index).trimEnd();
    return { language, code, isRun: before.endsWith('<!-- run -->') };
  });
}

/** The targets of links and pictures, outside of code. */
export function linksOf(text: string): string[] {
  const prose = text.replaceAll(/^ *```[\s\S]*?^ *```$/gm, '').replaceAll(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\((?<target>[^()\s]+)\)/g)].map(
    ({ groups }) => groups?.['target'] ?? '',
  );
}

/** The anchors of a document's headings, as GitHub makes them. */
export function anchorsOf(text: string): Set<string> {
  const prose = text.replaceAll(/^ *```[\s\S]*?^ *```$/gm, '');
  const headings = prose.matchAll(/^#{1,6} +(?<title>.+)$/gm);
  return new Set(
    [...headings].map(({ groups }) =>
      (groups?.['title'] ?? '')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
