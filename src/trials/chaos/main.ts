import { createStopSignal } from '../../app/stop-signal.ts';
import { projectRoot } from '../../sandbox/project-root.ts';
import { growPlant } from './grow-plant.ts';
import type { Plant } from './plants.ts';
import { USAGE, readChaosArguments } from './read-arguments.ts';
import type { ChaosArguments } from './read-arguments.ts';
import { NOTHING, addRound, renderFindings, renderRound, renderSums } from './report.ts';
import { playRound } from './round.ts';

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Plays rounds against the bot as it is; true: nothing was found. */
async function play({ seed, first, last, pace }: ChaosArguments): Promise<boolean> {
  say(`seed ${seed}, rounds ${first} to ${last}`);
  let sums = NOTHING;
  const stopping = createStopSignal();
  // A long run that is stopped still says what it came to.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stopping.abort();
    });
  }
  for (let number = first; number <= last && !stopping.signal.aborted; number += 1) {
    const startedAt = performance.now();
    const round = await playRound({ seed, number, pace, root: projectRoot() });
    sums = addRound(sums, round);
    say(renderRound(round, performance.now() - startedAt));
    if (round.findings.length > 0) say(renderFindings(round));
  }
  say(`seed ${seed}`);
  say(renderSums(sums));
  return Object.values(sums.faults).every((count) => count === 0);
}

/** Plays rounds against the bot with a fault in it, until one finds something; true: one did. */
async function seek(plant: Plant, { seed, first, last, pace }: ChaosArguments): Promise<boolean> {
  const grown = await growPlant(plant);
  try {
    for (let number = first; number <= last; number += 1) {
      const { findings } = await playRound({ seed, number, pace, root: grown.root });
      const [finding] = findings;
      if (finding === undefined) continue;
      const rounds = number - first + 1;
      say(`${plant.name}: found in round ${number} (${rounds}) of seed ${seed}`);
      say(`  ${finding.fault}: ${finding.what.slice(0, 300)}`);
      return true;
    }
  } finally {
    await grown.remove();
  }
  say(`${plant.name}: NOT FOUND in rounds ${first} to ${last} of seed ${seed}`);
  return false;
}

async function main(): Promise<number> {
  const given = readChaosArguments(process.argv.slice(2));
  if (given === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  if (given.plants.length === 0) return (await play(given)) ? 0 : 1;
  let isEachFound = true;
  for (const plant of given.plants) {
    isEachFound = (await seek(plant, given)) && isEachFound;
  }
  return isEachFound ? 0 : 1;
}

// What a simulator still waits for keeps no verdict waiting.
process.exit(await main());
