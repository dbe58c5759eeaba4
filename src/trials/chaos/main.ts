import { createStopSignal } from '../../app/stop-signal.ts';
import { NO_POSTGRES, postgresPrograms, startCluster } from '../../sandbox/postgres-cluster.ts';
import type { PostgresCluster } from '../../sandbox/postgres-cluster.ts';
import { projectRoot } from '../../sandbox/project-root.ts';
import { plantFault } from './plant-fault.ts';
import type { PlantedFault } from './planted-faults.ts';
import { USAGE, readChaosArguments } from './read-arguments.ts';
import type { ChaosArguments } from './read-arguments.ts';
import { NO_ROUNDS, addRound, renderRound, renderSums } from './report.ts';
import { renderFindings } from './render-findings.ts';
import { playRound } from './round.ts';

type Cluster = PostgresCluster | undefined;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Plays rounds against the bot as it is; resolves to whether nothing was found. */
async function play(given: ChaosArguments, cluster: Cluster): Promise<boolean> {
  const { seed, first, last, pace, processes } = given;
  say(`seed ${seed}, rounds ${first} to ${last}${storeText(given)}`);
  let sums = NO_ROUNDS;
  const stopping = createStopSignal();
  // A run that is stopped early still prints its sums.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stopping.abort();
    });
  }
  for (let number = first; number <= last && !stopping.signal.aborted; number += 1) {
    const startedAt = performance.now();
    const round = await playRound({ seed, number, pace, root: projectRoot(), cluster, processes });
    sums = addRound(sums, round);
    say(renderRound(round, performance.now() - startedAt));
    if (round.findings.length > 0) say(renderFindings(round));
  }
  say(`seed ${seed}`);
  say(renderSums(sums));
  return Object.values(sums.findings).every((count) => count === 0);
}

/** Plays rounds against a bot with a planted fault until one finds something; resolves to whether one did. */
async function findFault(
  fault: PlantedFault,
  { seed, first, last, pace, ...given }: ChaosArguments,
  cluster: Cluster,
): Promise<boolean> {
  const processes = Math.max(given.processes, fault.processes ?? 1);
  const server = processes > 1 || given.store === 'postgres' ? cluster : undefined;
  const build = await plantFault(fault);
  try {
    for (let number = first; number <= last; number += 1) {
      const { findings } = await playRound({
        seed,
        number,
        pace,
        root: build.root,
        cluster: server,
        processes,
      });
      const [finding] = findings;
      if (finding === undefined) continue;
      const rounds = number - first + 1;
      say(`${fault.name}: found in round ${number} (${rounds}) of seed ${seed}`);
      say(`  ${finding.kind}: ${finding.what.slice(0, 300)}`);
      return true;
    }
  } finally {
    await build.remove();
  }
  say(`${fault.name}: NOT FOUND in rounds ${first} to ${last} of seed ${seed}`);
  return false;
}

async function main(): Promise<number> {
  const given = readChaosArguments(process.argv.slice(2));
  if (given === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const cluster = await startStore(given);
  try {
    if (given.faults.length === 0) return (await play(given, cluster)) ? 0 : 1;
    let isEachFound = true;
    for (const fault of given.faults) {
      isEachFound = (await findFault(fault, given, cluster)) && isEachFound;
    }
    return isEachFound ? 0 : 1;
  } finally {
    await cluster?.stop();
  }
}

/** Starts the server of the stores of all rounds; `undefined` where they are files. */
async function startStore({ store, faults }: ChaosArguments): Promise<Cluster> {
  const isOnFiles = faults.every(({ processes = 1 }) => processes === 1);
  if (store === 'sqlite' && isOnFiles) return undefined;
  const programs = postgresPrograms();
  if (programs === undefined) throw new Error(NO_POSTGRES);
  return startCluster(programs);
}

function storeText({ store, processes }: ChaosArguments): string {
  if (store === 'sqlite') return '';
  const by = processes > 1 ? `${processes} processes` : 'one process';
  return `, ${by} on Postgres; stores are restored from \`npm run backup\` alone`;
}

// Exits at once, whatever timers a simulator still has.
process.exit(await main());
