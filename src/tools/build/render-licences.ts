import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { z } from 'zod';

const manifest = z.looseObject({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
});

/** Up to the last package's name in a path. */
const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

/** Renders the names, versions and licences of the packages whose code is in a bundle. */
export async function renderLicences(root: string, { inputs }: Metafile): Promise<string> {
  const folders = new Set(Object.keys(inputs).flatMap((path) => PACKAGE.exec(path) ?? []));
  const notices = await Promise.all(
    [...folders].toSorted().map(async (folder) => readNotice(join(root, folder))),
  );
  return notices.join('\n\n');
}

async function readNotice(folder: string): Promise<string> {
  const text = await readFile(join(folder, 'package.json'), 'utf8');
  const { name, version, license = '' } = manifest.parse(JSON.parse(text));
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  const texts = await Promise.all(files.map(async (file) => readFile(join(folder, file), 'utf8')));
  return [`${name} ${version} (${license})`, ...texts.map((one) => one.trim())].join('\n\n');
}
