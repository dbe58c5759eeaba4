/** The Node release lines that the bot supports. */
const ALL_VERSIONS = ['20', '22', '24', '26'] as const;

/** The projects of `vitest.config.ts` whose tests need no browser, no process and no minutes. */
const UNITS = ['apart', 'modules'] as const;

/** The arguments of `npm run test:nodes`. */
export interface NodesArguments {
  /** Such as `24` or `22.12.0`. */
  readonly versions: readonly string[];
  /** Arguments for vitest. */
  readonly vitest: readonly string[];
}

/** Reads the arguments: numbers are versions, `--units` skips slow tests, the rest are test files. `undefined` for unknown options. */
export function readArguments(given: readonly string[]): NodesArguments | undefined {
  const options = given.filter((one) => one.startsWith('-'));
  if (options.some((option) => option !== '--units')) return undefined;
  const versions = given.filter(isVersion);
  const files = given.filter((one) => !isVersion(one) && !one.startsWith('-'));
  const projects = options.length === 0 ? [] : UNITS;
  return {
    versions: versions.length === 0 ? ALL_VERSIONS : versions,
    vitest: [...files, ...projects.flatMap((project) => ['--project', project])],
  };
}

const isVersion = (text: string): boolean => /^\d+(\.\d+){0,2}$/.test(text);
