import * as fc from 'fast-check';
import { it } from 'vitest';

/** The same for everybody, so that a run that fails here fails there too. */
const SEED = 20_261_125;

// oxlint-disable-next-line node/no-process-env -- the environment of a test run, not of the bot
const { FUZZ_RUNS, FUZZ_SEED } = process.env;

const isLong = FUZZ_RUNS !== undefined;

/** How often a property is tried: few times in `npm test`, `FUZZ_RUNS` times where that is set. */
interface FuzzRuns<T> {
  /** Without `FUZZ_RUNS`. */
  readonly runs: number;
  /** Which of `FUZZ_RUNS` this property takes: less than 1 where one try is slow. */
  readonly share?: number;
  /** What once failed; tried first, always. */
  readonly examples?: readonly T[];
}

/**
 * A property that holds for whatever comes. It fails with the seed and the path by which
 * `FUZZ_SEED=… npx vitest run test/fuzz` finds it again; what is found is kept in `examples`.
 */
export function fuzz<T>(
  name: string,
  input: fc.Arbitrary<T>,
  { runs, share = 1, examples = [] }: FuzzRuns<T>,
  holds: (input: T) => Promise<void> | void,
): void {
  const numRuns = isLong ? Math.max(runs, Math.ceil(Number(FUZZ_RUNS) * share)) : runs;
  const property = fc.asyncProperty(input, async (given) => holds(given));
  const options = {
    numRuns,
    seed: FUZZ_SEED === undefined ? SEED : Number(FUZZ_SEED),
    examples: examples.map((example): [T] => [example]),
  };
  // The backstop of all tests, but for a run that is meant to be long.
  // oxlint-disable-next-line vitest/valid-title, vitest/expect-expect -- both come from the caller
  it(name, async () => fc.assert(property, options), isLong ? 0 : undefined);
}
