import type { OutputFile } from 'esbuild';
import { z } from 'zod';
import { thinMappings } from './thin-mappings.ts';
import type { Output } from './write-outputs.ts';

const sourceMap = z.looseObject({ mappings: z.string(), sources: z.array(z.string()) });

const NAMED_MAP = /\n\/\/# sourceMappingURL=\S+\s*$/;

/**
 * Thins the source maps among the files of a bundle, so that a start and a stack trace read little.
 * A file without any code of the bot loses its map.
 */
export function thinMaps(files: readonly OutputFile[]): Output[] {
  const maps = new Map(files.filter(({ path }) => path.endsWith('.map')).map((m) => [m.path, m]));
  return files.flatMap(({ path, text, contents }) => {
    if (maps.has(path)) return [];
    const map = maps.get(`${path}.map`);
    if (map === undefined) return [{ path, contents }];
    const parsed = sourceMap.parse(JSON.parse(map.text));
    if (parsed.sources.every((source) => source.includes('node_modules/'))) {
      return [{ path, contents: Buffer.from(text.replace(NAMED_MAP, '\n')) }];
    }
    const thin = { ...parsed, names: [], mappings: thinMappings(parsed.mappings, text) };
    return [
      { path, contents },
      { path: map.path, contents: Buffer.from(JSON.stringify(thin)) },
    ];
  });
}
