import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { BRIEF, FULL } from './pace.ts';
import type { Pace } from './pace.ts';
import { PLANTED_FAULTS } from './planted-faults.ts';
import type { PlantedFault } from './planted-faults.ts';

/** The arguments of `npm run chaos`. */
export interface ChaosArguments {
  readonly seed: string;
  readonly first: number;
  readonly last: number;
  readonly pace: Pace;
  /** Where the bot's store is. */
  readonly store: 'sqlite' | 'postgres';
  /** How many processes of the bot share it. */
  readonly processes: number;
  /** Faults to plant, one after the other; empty to play against the bot as it is. */
  readonly faults: readonly PlantedFault[];
}

const STORES = ['sqlite', 'postgres'] as const;

export const USAGE = `npm run chaos -- [--seed S] [--rounds N] [--from N] [--brief] [--store postgres] [--processes N] [--plant NAME|all]

With --plant a fault is planted into a copy of the bot, and rounds are played until one finds it.
Plants: ${PLANTED_FAULTS.map(({ name }) => name).join(', ')}
`;

/** Reads the arguments; `undefined` when they are wrong or ask for the usage. */
export function readChaosArguments(given: readonly string[]): ChaosArguments | undefined {
  const values = parsed(given);
  if (values === undefined) return undefined;
  const [first, rounds] = [Number(values.from), Number(values.rounds)];
  const processes = Number(values.processes);
  // Only a database can be shared.
  const store = processes > 1 ? 'postgres' : STORES.find((one) => one === values.store);
  if (store === undefined) return undefined;
  const isWhole = [first, rounds, processes].every(
    (number) => Number.isInteger(number) && number > 0,
  );
  const wanted = ({ name }: PlantedFault): boolean =>
    values.plant === 'all' || values.plant === name;
  const faults = PLANTED_FAULTS.filter(wanted);
  if (!isWhole || (values.plant !== undefined && faults.length === 0)) return undefined;
  return {
    seed: values.seed ?? randomBytes(4).toString('hex'),
    first,
    last: first + rounds - 1,
    pace: values.brief ? BRIEF : FULL,
    store,
    processes,
    faults,
  };
}

function parsed(given: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...given],
      options: {
        seed: { type: 'string' },
        rounds: { type: 'string', default: '20' },
        from: { type: 'string', default: '1' },
        store: { type: 'string', default: 'sqlite' },
        processes: { type: 'string', default: '1' },
        brief: { type: 'boolean', default: false },
        plant: { type: 'string' },
      },
    });
    return values;
  } catch {
    // An unknown option; the caller prints the usage.
    return undefined;
  }
}
