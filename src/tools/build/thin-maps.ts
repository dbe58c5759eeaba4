import type { OutputFile } from 'esbuild';
import { z } from 'zod';
import { thinMappings } from './thin-mappings.ts';
import type { Output } from './write-outputs.ts';

const sourceMap = z.looseObject({ mappings: z.string() });

/** Thins the source maps among the files of a bundle, so that a start and a stack trace read little. */
export function thinMaps(files: readonly OutputFile[]): Output[] {
  const texts = new Map(files.map((file) => [file.path, file]));
  return files.map(({ path, text, contents }) => {
    const code = path.endsWith('.map') ? texts.get(path.slice(0, -'.map'.length)) : undefined;
    if (code === undefined) return { path, contents };
    const map = sourceMap.parse(JSON.parse(text));
    const thin = { ...map, names: [], mappings: thinMappings(map.mappings, code.text) };
    return { path, contents: Buffer.from(JSON.stringify(thin)) };
  });
}
